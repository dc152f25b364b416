#include "app/labs/gpu/gpu_narration.h"

#include "widgets/narration/formula.h"
#include "widgets/plot/number_format.h"

#include <QObject>

namespace orrery {

namespace {

using panel::LayerPoint;

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

/// The event in one sentence.
struct Said {
    QString operator()(const gpu::HelloMessage& m) const {
        return QObject::tr("A process says hello: orrery-gpu %1.").arg(text(m.version));
    }
    QString operator()(const gpu::CeilingsMessage& m) const {
        return QObject::tr("The ceilings are measured: matrix %1, memory %2; they meet at %3 FLOP per byte.")
            .arg(panel::flopsInWords(m.ceilings.matrixFlops), panel::bytesInWords(m.ceilings.copyBytes),
                 shortNumber(m.ceilings.ridge()));
    }
    QString operator()(const gpu::SampleMessage& m) const {
        return QObject::tr("%1 items a second in the last tenth.").arg(shortNumber(m.itemsPerS));
    }
    QString operator()(const gpu::BenchMessage& m) const {
        return QObject::tr(
                   "%1 at batch %2: %3 %4/s, %5; %6 % of the matrix roof, %7 % of what the roofline allows.")
            .arg(panel::modelTitle(m.model))
            .arg(m.batch)
            .arg(shortNumber(m.itemsPerS, 4), panel::itemsOf(m.model), panel::flopsInWords(m.flopsPerS),
                 fixedNumber(100 * m.matrixShare, 0), fixedNumber(100 * m.attainableShare, 0));
    }
    QString operator()(const gpu::WaterfallMessage& m) const {
        return QObject::tr("%1 variants of %2 are measured at batch %3.")
            .arg(m.steps.size())
            .arg(panel::modelTitle(m.model))
            .arg(m.batch);
    }
    QString operator()(const gpu::TimelineMessage& m) const {
        return QObject::tr("One forward of the variant “%1” takes %2; for %3 of them no kernel runs.")
            .arg(text(m.variant), panel::timeInWords(m.forwardUs), panel::timeInWords(m.gapUs));
    }
    QString operator()(const gpu::ClassifyMessage& m) const {
        return m.classes.empty() ? QObject::tr("A picture is looked at.")
                                 : QObject::tr("The picture is class %1, %2 %.")
                                       .arg(m.classes.front().index)
                                       .arg(shortNumber(100 * m.classes.front().probability));
    }
    QString operator()(const gpu::FillMaskMessage&) const {
        return QObject::tr("What stands behind [MASK] is guessed.");
    }
    QString operator()(const gpu::CheckMessage& m) const {
        return m.passed
                   ? QObject::tr("%1 agrees with the reference.").arg(panel::modelTitle(m.model))
                   : QObject::tr("%1 does not agree with the reference.").arg(panel::modelTitle(m.model));
    }
    QString operator()(const gpu::ProgressMessage& m) const {
        QString stage = text(m.stage);
        if (!stage.isEmpty()) stage[0] = stage[0].toUpper();
        return stage + QStringLiteral("…");
    }
    QString operator()(const gpu::ErrorMessage& m) const {
        return QObject::tr("Refused: %1.").arg(text(m.message));
    }
    QString operator()(const gpu::DoneMessage&) const { return QObject::tr("The request is answered."); }
};

// 28 · 3.02 TB/s = 85 TFLOP/s
void addRoof(Narration& why, const LayerPoint& layer, const gpu::Ceilings& ceilings) {
    const QString times = QStringLiteral(" · ");
    if (!layer.hasMatrixFlops()) {
        why.formula = {plainTerm(QObject::tr("%1 / %2 = ")
                                     .arg(panel::bytesInWords(layer.bytesPerS()),
                                          panel::bytesInWords(ceilings.copyBytes))),
                       resultTerm(fixedNumber(100 * layer.ofRoof(), 0) + QStringLiteral(" %"))};
        return;
    }
    if (layer.byMemory)
        why.formula = {markedTerm(shortNumber(layer.intensity()), QStringLiteral("layer")), plainTerm(times),
                       markedTerm(panel::bytesInWords(ceilings.copyBytes), QStringLiteral("memory")),
                       plainTerm(QStringLiteral(" = ")),
                       resultTerm(panel::flopsInWords(layer.intensity() * ceilings.copyBytes))};
    else
        why.formula = {plainTerm(QObject::tr("roof = ")),
                       resultTerm(panel::flopsInWords(ceilings.matrixFlops))};
}

} // namespace

Narration narrateGpu(const runner::RunMoment& moment, const panel::RooflinePicture& picture, int at) {
    Narration why;
    if (!moment.event()) {
        why.sentence = QObject::tr("Nothing has been heard yet.");
        return why;
    }
    why.sentence = std::visit(Said{}, moment.event()->payload);
    if (at < 0) return why;
    const LayerPoint& layer = picture.layers[static_cast<std::size_t>(at)];
    const QString name =
        layer.stage.isEmpty() ? layer.name : QStringLiteral("%1 (%2)").arg(layer.name, layer.kind);
    if (!layer.hasMatrixFlops())
        why.sentence +=
            QObject::tr(" %1 has no matrix flops: it moves bytes, and memory holds it.").arg(name);
    else if (layer.byMemory)
        why.sentence += QObject::tr(" %1 is held by memory: %2 FLOP per byte, ridge at %3.")
                            .arg(name, shortNumber(layer.intensity()), shortNumber(picture.ceilings.ridge()));
    else
        why.sentence += QObject::tr(" %1 is held by the matrix units: %2 FLOP per byte, ridge at %3.")
                            .arg(name, shortNumber(layer.intensity()), shortNumber(picture.ceilings.ridge()));
    addRoof(why, layer, picture.ceilings);
    why.afterword = layer.isAboveRoof()
                        ? QObject::tr("Measured %1 % of its roof: its data come from a cache, or the ceiling "
                                      "was measured while the clock was lower.")
                              .arg(fixedNumber(100 * layer.ofRoof(), 0))
                        : QObject::tr("Measured: %1 % of that.").arg(fixedNumber(100 * layer.ofRoof(), 0));
    return why;
}

} // namespace orrery
