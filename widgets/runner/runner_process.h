// orrery-gpu as a child process, started by an argument vector: the program beside this one, or whatever
// brings it to another machine (`ssh -T host orrery-gpu serve`, `srun -N 4 orrery-gpu serve`). Nothing goes
// through a shell.
//
// Lines of its standard output become events; its standard error is a log, of which the tail is kept. It may
// die, babble or speak another protocol at any moment: each is one sentence, and what came before stays.
#pragma once

#include "gpu/protocol/messages.h"
#include "widgets/runner/line_splitter.h"

#include <QProcess>
#include <QStringList>
#include <QTimer>

namespace orrery::runner {

class RunnerProcess final : public QObject {
    Q_OBJECT
  public:
    enum class State {
        Idle,     ///< never started, or stopped on request
        Starting, ///< started, no hello yet
        Ready,    ///< it has said hello
        Ended,    ///< it ended by itself: see sentence()
    };

    explicit RunnerProcess(QObject* parent = nullptr);
    ~RunnerProcess() override;

    /// The first is the program. What ran before is stopped.
    void start(const QStringList& argv);
    void restart() { start(m_argv); }
    /// Asks it to finish (end of its input), and ends it when it does not within kPatience.
    void stop();
    /// Ignored unless it is starting or ready.
    void send(const gpu::Request& request);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isAlive() const { return m_state == State::Starting || m_state == State::Ready; }
    [[nodiscard]] const QStringList& argv() const { return m_argv; }
    /// Why it ended, or what is wrong with what it says; empty while all is well.
    [[nodiscard]] const QString& sentence() const { return m_sentence; }
    [[nodiscard]] QString logTail() const { return m_log.join(u'\n'); } ///< of standard error
    [[nodiscard]] int unreadableLines() const { return m_unreadable; }

    static constexpr int kPatience = 2000; ///< ms
    static constexpr int kSilence = 20000; ///< ms without a hello, after which it is said

  Q_SIGNALS:
    void eventReceived(const orrery::gpu::Event& event);
    void stateChanged();

  private:
    void readOutput();
    void readLog();
    void takeLine(const QByteArray& line);
    void ended(int code, QProcess::ExitStatus status);
    void failedToStart();
    void setState(State state, const QString& sentence);
    void dropProcess();
    [[nodiscard]] QString programName() const;

    QStringList m_argv;
    QProcess* m_process = nullptr;
    State m_state = State::Idle;
    QString m_sentence;
    QStringList m_log;
    QByteArray m_logRest;
    LineSplitter m_lines;
    QTimer m_silence;
    int m_unreadable = 0;
    bool m_stopping = false;
};

/// Cut at blanks; quotes hold words together. An unclosed quote ends at the end.
[[nodiscard]] QStringList argvOf(const QString& commandLine);

} // namespace orrery::runner
