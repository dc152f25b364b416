#include "widgets/data/import_outcome.h"

#include "widgets/data/table_text.h"
#include "widgets/frame/paint.h"

namespace orrery {

ImportOutcome outcomeOf(const data::Dataset& dataset,
                        const std::function<Expected<void>(const data::Dataset&)>& usable) {
    ImportOutcome outcome;
    const auto passing = data::rowsPassing(*dataset.table, dataset.rowFilter);
    if (!passing) {
        outcome.filterProblem = QString::fromStdString(passing.error().message);
        return outcome;
    }
    outcome.passing = passing->size();
    if (passing->empty()) {
        outcome.problem = QStringLiteral("No row passes the filter");
        return outcome;
    }
    const auto design = data::designOf(dataset);
    if (!design) {
        outcome.problem = QString::fromStdString(design.error().message);
        return outcome;
    }
    if (usable)
        if (const auto checked = usable(dataset); !checked) {
            outcome.problem = QString::fromStdString(checked.error().message);
            return outcome;
        }
    outcome.rows = design->rows.size();
    outcome.features = design->names.size();
    outcome.dropped = design->droppedForMissing;
    outcome.target = QString::fromStdString(design->targetName);
    outcome.targetLevels = design->targetLevels.size();
    return outcome;
}

QString outcomeText(const ImportOutcome& outcome, const data::Dataset& dataset) {
    if (!outcome.isSound()) return outcome.filterProblem.isEmpty() ? outcome.problem : outcome.filterProblem;
    QStringList parts;
    parts << QStringLiteral("%1 × %2").arg(
        counted(qint64(outcome.rows), QStringLiteral("row"), QStringLiteral("rows")),
        counted(qint64(outcome.features), QStringLiteral("feature"), QStringLiteral("features")));
    if (dataset.sample && dataset.sample->count < outcome.passing)
        parts << QStringLiteral("a sample with seed %1").arg(dataset.sample->seed);
    if (outcome.dropped)
        parts << counted(qint64(outcome.dropped), QStringLiteral("row"), QStringLiteral("rows")) +
                     QStringLiteral(" dropped for missing values");
    parts << (outcome.targetLevels
                  ? QStringLiteral("target %1 with %2")
                        .arg(outcome.target, counted(qint64(outcome.targetLevels), QStringLiteral("level"),
                                                     QStringLiteral("levels")))
                  : QStringLiteral("target %1").arg(outcome.target));
    parts << QStringLiteral("scaling: standardised (a parameter of the lab)");
    return parts.join(QStringLiteral(", "));
}

OutcomeWatch::OutcomeWatch(QObject* parent) : QObject(parent) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, &OutcomeWatch::start);
}

void OutcomeWatch::setDataset(const data::Dataset& dataset) {
    m_dataset = dataset;
    m_settled = false;
    ++m_generation;
    m_pause.start();
}

void OutcomeWatch::clear() {
    ++m_generation;
    m_pause.stop();
    m_job.cancel();
    m_dataset = {};
    m_settled = true;
}

void OutcomeWatch::start() {
    m_job.submit([this, dataset = m_dataset, usable = m_usable, generation = m_generation](Progress&) {
        const ImportOutcome outcome = outcomeOf(dataset, usable);
        QMetaObject::invokeMethod(
            this,
            [this, generation, outcome] {
                if (generation != m_generation) return;
                m_settled = true;
                Q_EMIT worked(outcome);
            },
            Qt::QueuedConnection);
    });
}

} // namespace orrery
