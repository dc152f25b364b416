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
        if (m.classes.empty()) return QObject::tr("A picture is looked at.");
        const gpu::Candidate& best = m.classes.front();
        const QString name = best.name.empty() ? QObject::tr("class %1").arg(best.index) : text(best.name);
        return QObject::tr("The picture is taken for “%1”, %2 %.")
            .arg(name, shortNumber(100 * best.probability));
    }
    QString operator()(const gpu::FillMaskMessage& m) const {
        if (m.masks.empty() || m.masks.front().words.empty())
            return QObject::tr("What stands behind [MASK] is guessed.");
        const gpu::Candidate& best = m.masks.front().words.front();
        return QObject::tr("“%1” stands behind [MASK], %2 %.")
            .arg(text(best.name), shortNumber(100 * best.probability));
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

/// The event; of the end of a request the answer before it.
const gpu::Event& worthSaying(const runner::RunMoment& moment) {
    const gpu::Event& event = *moment.event();
    if (!std::holds_alternative<gpu::DoneMessage>(event.payload) || moment.index < 2) return event;
    const gpu::Event& before = moment.log->at(static_cast<std::size_t>(moment.index - 2));
    const bool isAnswer = !std::holds_alternative<gpu::ProgressMessage>(before.payload) &&
                          !std::holds_alternative<gpu::SampleMessage>(before.payload);
    return isAnswer && before.id == event.id ? before : event;
}

} // namespace

Narration narrateGpu(const runner::RunMoment& moment, const panel::RooflinePicture& picture, int at) {
    Narration why;
    if (!moment.event()) {
        why.sentence = QObject::tr("Nothing has been heard yet.");
        return why;
    }
    why.sentence = std::visit(Said{}, worthSaying(moment).payload);
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
    if (layer.other >= 0)
        why.afterword += QObject::tr(" An item takes it %1 here, %2 times as fast as with %3.")
                             .arg(panel::timeInWords(layer.timeUs / double(picture.model->batch)),
                                  shortNumber(layer.timesFaster), picture.other->name);
    return why;
}

} // namespace orrery
