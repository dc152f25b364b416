// What the GPU lab says of its run: the line over the picture, the table that is exported, the file that is
// saved.
#include "app/labs/gpu/gpu_lab.h"
#include "app/labs/gpu/gpu_tables.h"
#include "widgets/frame/paint.h"

#include <QDate>
#include <QFileDialog>
#include <QSaveFile>

namespace orrery {

panel::RunStatus GpuLab::status() const {
    if (m_knobs.isLive()) return liveStatus();
    panel::RunStatus status;
    status.sentence = tr("Recorded: %1").arg(origin());
    if (run() && !run()->log->recording.note.empty())
        status.logTail = QString::fromStdString(run()->log->recording.note);
    status.canStart = true;
    return status;
}

panel::RunStatus GpuLab::liveStatus() const {
    using Kind = panel::RunStatus::Kind;
    using State = runner::RunnerProcess::State;
    const runner::RunnerProcess& process = m_live.process();
    panel::RunStatus status;
    status.logTail = process.logTail();
    status.canSave = m_live.log().size() > 0;
    status.canStop = process.isAlive();
    status.canStart = process.state() == State::Idle;
    status.startText = tr("Start");
    status.canRestart = process.state() == State::Ended;
    status.kind = process.state() == State::Ended ? Kind::Ended
                  : m_live.waiting() > 0          ? Kind::Running
                                                  : Kind::Waiting;
    if (process.state() == State::Idle) status.kind = Kind::Recorded;
    const QString command = process.argv().join(u' ');
    if (!process.sentence().isEmpty()) {
        status.sentence = process.sentence();
        const QString last = process.logTail().section(u'\n', -1);
        if (process.state() == State::Ended && !last.isEmpty()) status.sentence += u' ' + last;
    } else if (process.state() == State::Starting)
        status.sentence = tr("Starting %1").arg(command);
    else if (process.state() == State::Idle)
        status.sentence = run() && run()->log->isLive ? tr("Stopped") : tr("Recorded: %1").arg(origin());
    else if (!m_moment.error.empty() && m_live.waiting() == 0) {
        status.kind = Kind::Refused;
        status.sentence = tr("Refused: %1.").arg(QString::fromStdString(m_moment.error));
    } else if (m_live.waiting() > 0)
        status.sentence =
            m_live.waiting() == 1
                ? tr("Running on %1, the last request").arg(whoAnswers())
                : tr("Running on %1, %2 requests to go").arg(whoAnswers()).arg(m_live.waiting());
    else if (m_knobs.asks())
        status.sentence = tr("%1 waits for a question").arg(whoAnswers());
    else
        status.sentence =
            QStringList{tr("All is measured on %1; turn a knob and it is measured again").arg(whoAnswers()),
                        tr("All is measured on %1").arg(whoAnswers())}
                .join(kShorter);
    return status;
}

// "desk · AMD EPYC"; of several processes how many there are, and where.
QString GpuLab::whoAnswers() const {
    const runner::RunLog& log = m_live.log();
    QStringList hosts, names;
    int devices = 0;
    for (const runner::Source& source : log.sources()) {
        if (source.isSeveral()) continue;
        const QString host = QString::fromStdString(source.host);
        const std::string name = log.deviceName(source);
        const QString device = QString::fromStdString(name.empty() ? source.device : name);
        if (!hosts.contains(host)) hosts << host;
        if (!names.contains(device)) names << device;
        ++devices;
    }
    if (devices == 0) return log.size() > 0 ? QString::fromStdString(log.at(0).host) : QString();
    const QString where =
        hosts.size() > 2 ? tr("%1 hosts").arg(hosts.size()) : hosts.join(QStringLiteral(", "));
    const QString what = names.size() > 1 ? tr("devices") : names.front();
    return devices == 1 ? where + QStringLiteral(" · ") + what
                        : QStringLiteral("%1 · %2 × %3").arg(where).arg(devices).arg(what);
}

void GpuLab::showStatus() {
    m_views.showStatus(status());
}

QString GpuLab::resultAsCsv() const {
    if (m_knobs.view == u"throughput") return panel::csvOfTrack(m_moment.track);
    if (m_knobs.view == u"tricks") return panel::csvOfTricks(panel::tricksOf(m_moment));
    if (m_knobs.view == u"queue") return panel::csvOfQueue(m_views.queue());
    if (m_knobs.asks() && (m_moment.classes || m_moment.masks)) return panel::csvOfAnswers(m_moment);
    return panel::csvOfLayers(m_views.roofline());
}

void GpuLab::save() {
    auto* dialog = new QFileDialog(nullptr, tr("Save run"), {}, tr("Run of orrery-gpu (*.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    runner::RunLog log = m_live.log();
    log.recording.device = log.sources().empty() ? std::string() : log.deviceName(log.sources().front());
    log.recording.date = QDate::currentDate().toString(Qt::ISODate).toStdString();
    connect(dialog, &QFileDialog::fileSelected, this, [this, log](const QString& path) {
        QSaveFile file(path);
        const QByteArray lines = QByteArray::fromStdString(runner::toLines(log));
        if (!file.open(QIODevice::WriteOnly) || file.write(lines) != lines.size() || !file.commit())
            Q_EMIT failed(tr("%1: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

} // namespace orrery
