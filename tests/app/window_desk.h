// The whole window over a scene, for the tests of it.
#pragma once

#include "app/labs/lasso/lasso_lab.h"
#include "app/window/main_window.h"
#include "app/window/notice.h"
#include "widgets/frame/frame.h"
#include "widgets/transport/time_line.h"

#include <QApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QtTest>
#include <future>

namespace orrery::testing {

inline int coloursOf(const QImage& image) {
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    return static_cast<int>(colours.size());
}

struct Desk {
    MainWindow window{{.theme = ThemeKind::Light, .remember = false}};
    QSignalSpy fitPainted{&window, &MainWindow::fitPainted};
    QSignalSpy failures{&window.workspace(), &Workspace::failed};

    /// The scene stands at its frame, not playing; an empty name opens nothing.
    explicit Desk(const QString& sceneId = QStringLiteral("lasso-diabetes"), QSize size = {1400, 900}) {
        window.resize(size);
        window.show();
        QApplication::setActiveWindow(&window);
        if (sceneId.isEmpty()) return;
        Scenario scene = *findScene(sceneId);
        scene.play = false;
        window.workspace().open(scene);
        settle();
    }
    Workspace& space() { return window.workspace(); }
    Lab& lab() { return *window.workspace().lab(); }
    TransportState transport() { return space().bridge().state(); }
    TimeLine& timeLine() { return *window.findChild<TimeLine*>(); }
    QString sentence() {
        return window.findChild<Notice*>()->isVisible() ? window.findChild<Notice*>()->sentence() : QString();
    }

    /// Everything that was asked for is done and painted. A run that plays is paused: it would never be done.
    void settle() {
        for (int i = 0; i < 3; ++i) {
            QCoreApplication::processEvents();
            while (space().isLoading())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (!space().lab()) continue;
            const std::shared_ptr<SessionBase> session = lab().session();
            auto idle = std::async(std::launch::async, [session] { session->waitUntilIdle(); });
            while (idle.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
                const auto latest = session->latest();
                if (latest && latest->transport.playing) session->post(command::Pause{});
                QCoreApplication::processEvents();
            }
            space().waitUntilShown();
        }
        QCoreApplication::processEvents();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        QTest::keyClick(target, key, modifiers);
        settle();
    }
    void post(const Command& command) {
        space().bridge().post(command);
        settle();
    }
    template <class View>
    View* view() {
        for (Card* card : window.stage()->cards())
            if (auto* found = qobject_cast<View*>(card->content())) return found;
        return nullptr;
    }
    /// Drops files or text on the middle of the window.
    void drop(const QString& path, const QString& text = {}) {
        QMimeData mime;
        if (!path.isEmpty()) mime.setUrls({QUrl::fromLocalFile(path)});
        if (!text.isEmpty()) mime.setText(text);
        const QPoint middle = window.rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &drop);
        settle();
    }
};

} // namespace orrery::testing
