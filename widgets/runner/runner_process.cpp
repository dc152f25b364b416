#include "widgets/runner/runner_process.h"

#include "gpu/protocol/codec.h"
#include "widgets/runner/run_log.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace orrery::runner {

namespace {
constexpr int kLogLines = 12;
}

RunnerProcess::RunnerProcess(QObject* parent) : QObject(parent) {
    m_silence.setSingleShot(true);
    m_silence.setInterval(kSilence);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        setState(m_state, tr("%1 has said nothing for %2 s.").arg(programName()).arg(kSilence / 1000));
    });
}

RunnerProcess::~RunnerProcess() {
    dropProcess();
}

QString RunnerProcess::programName() const {
    return m_argv.isEmpty() ? QString() : QFileInfo(m_argv.front()).fileName();
}

// Without waiting: the process object outlives its owner until the process is gone.
void RunnerProcess::dropProcess() {
    if (!m_process) return;
    QProcess* process = std::exchange(m_process, nullptr);
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning) return process->deleteLater();
    process->setParent(nullptr);
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->closeWriteChannel();
    process->terminate();
    if (!process->waitForFinished(200)) process->kill();
}

void RunnerProcess::start(const QStringList& argv) {
    dropProcess();
    m_argv = argv;
    m_log.clear(), m_logRest.clear(), m_lines.clear();
    m_unreadable = 0;
    m_stopping = false;
    if (argv.isEmpty()) return setState(State::Ended, tr("There is no command to start."));
    m_process = new QProcess(this);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &RunnerProcess::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, &RunnerProcess::readLog);
    connect(m_process, &QProcess::finished, this, &RunnerProcess::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) failedToStart();
    });
    setState(State::Starting, {});
    m_silence.start();
    m_process->start(argv.front(), argv.mid(1));
}

void RunnerProcess::failedToStart() {
    m_silence.stop();
    const bool isThere = !QStandardPaths::findExecutable(m_argv.front()).isEmpty();
    setState(State::Ended,
             isThere ? tr("%1 could not be started: %2.").arg(m_argv.front(), m_process->errorString())
                     : tr("There is no program %1.").arg(m_argv.front()));
}

void RunnerProcess::stop() {
    if (!isAlive() || !m_process) return;
    m_stopping = true;
    m_silence.stop();
    m_process->closeWriteChannel();
    QTimer::singleShot(kPatience, m_process, [process = m_process] {
        if (process->state() != QProcess::NotRunning) process->terminate();
    });
    QTimer::singleShot(2 * kPatience, m_process, [process = m_process] {
        if (process->state() != QProcess::NotRunning) process->kill();
    });
}

void RunnerProcess::send(const gpu::Request& request) {
    if (isAlive() && m_process) m_process->write(QByteArray::fromStdString(gpu::encode(request)) + '\n');
}

void RunnerProcess::readOutput() {
    for (const QByteArray& line : m_lines.take(m_process->readAllStandardOutput())) {
        takeLine(line.trimmed());
        if (!m_process) return; // what it said was the end of it
    }
}

void RunnerProcess::takeLine(const QByteArray& line) {
    if (line.isEmpty()) return;
    const auto event = gpu::decodeEvent(line.toStdString());
    if (!event) {
        ++m_unreadable;
        return setState(m_state, tr("%1 lines of %2 could not be read: %3.")
                                     .arg(m_unreadable)
                                     .arg(programName(), QString::fromStdString(event.error().message)));
    }
    if (const auto* hello = std::get_if<gpu::HelloMessage>(&event->payload)) {
        m_silence.stop();
        if (const auto known = understood(*hello); !known) {
            dropProcess();
            return setState(State::Ended, QString::fromStdString(known.error().message));
        }
        if (m_state == State::Starting) setState(State::Ready, m_unreadable > 0 ? m_sentence : QString());
    }
    Q_EMIT eventReceived(*event);
}

void RunnerProcess::readLog() {
    m_logRest += m_process->readAllStandardError();
    const auto lines = m_logRest.split('\n');
    m_logRest = lines.back().right(4096);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i)
        m_log << QString::fromUtf8(lines[i]);
    while (m_log.size() > kLogLines)
        m_log.removeFirst();
}

void RunnerProcess::ended(int code, QProcess::ExitStatus status) {
    readOutput();
    if (!m_process) return;
    readLog();
    if (!m_logRest.isEmpty()) m_log << QString::fromUtf8(m_logRest);
    m_silence.stop();
    if (m_stopping) return setState(State::Idle, {});
    QString said = status == QProcess::CrashExit
                       ? tr("%1 died of signal %2").arg(programName()).arg(code)
                       : tr("%1 ended with exit code %2").arg(programName()).arg(code);
    if (m_state == State::Starting) said += tr(" before it said hello");
    if (!m_lines.rest().trimmed().isEmpty()) said += tr("; its last line was cut off");
    setState(State::Ended, said + u'.');
}

void RunnerProcess::setState(State state, const QString& sentence) {
    m_state = state;
    m_sentence = sentence;
    Q_EMIT stateChanged();
}

QStringList argvOf(const QString& commandLine) {
    return QProcess::splitCommand(commandLine);
}

} // namespace orrery::runner
