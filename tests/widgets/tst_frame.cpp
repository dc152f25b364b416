// The frame at several widths, cards, the why panel; pictures are not blank and text stays text in a vector
// file.
#include "widgets/frame/frame.h"
#include "widgets/frame/paint.h"
#include "widgets/narration/why_panel.h"
#include "widgets/parameters/parameter_form.h"

#include <QAction>
#include <QBuffer>
#include <QPainter>
#include <QSignalSpy>
#include <QSvgGenerator>
#include <QtTest>
#include <set>

using namespace orrery;

namespace {

int colours(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            seen.insert(image.pixel(x, y));
    return static_cast<int>(seen.size());
}

struct Window {
    Frame frame;
    StageLayout* stage = new StageLayout;
    QAction lab{plainIcon(Icon::Lasso), QStringLiteral("LASSO path"), nullptr};

    explicit Window(QSize size) {
        stage->setCards({new Card(QStringLiteral("Main")), new Card(QStringLiteral("Side")),
                         new Card(QStringLiteral("Other"))});
        frame.setStage(stage);
        lab.setCheckable(true);
        frame.rail()->addLab(&lab);
        frame.topBar()->setLabTitle(QStringLiteral("LASSO path"));
        frame.resize(size);
        frame.show();
        applyTheme(&frame, Theme::light());
        QCoreApplication::processEvents();
    }
    QRect card(std::size_t i) const { return stage->cards()[i]->geometry(); }
};

Narration narration() {
    Narration n;
    n.sentence = QStringLiteral("Coordinate s5 moves.");
    n.formula = {{QString::fromUtf8("β"), QStringLiteral("5"), false, QStringLiteral("beta")},
                 {QString::fromUtf8(" ← S("), {}, false, {}},
                 {QStringLiteral("24.93"), {}, false, QStringLiteral("rho")},
                 {QStringLiteral(") = "), {}, false, {}},
                 {QStringLiteral("23.10"), {}, true, {}}};
    n.afterword = QStringLiteral("Held at zero: age.");
    return n;
}

} // namespace

class TestFrame : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void wide();
    void narrow();
    void tiny();
    void arrangements();
    void presenting();
    void railOpensLabs();
    void whyPanel();
    void longFormulaWraps();
    void picturesAreNotBlank();
    void textStaysText();
    void sentencesHaveShorterForms();
};

void TestFrame::wide() {
    Window w({1600, 1000});
    QVERIFY(w.frame.inspector()->isVisible() && !w.frame.inspector()->isDrawer());
    QCOMPARE(w.frame.inspector()->width(), 336);
    QCOMPARE(w.frame.rail()->width(), 64);
    QCOMPARE(w.frame.topBar()->height(), 52);
    QVERIFY(!w.stage->isStacked());
    const double share = double(w.card(0).width()) / (w.card(0).width() + w.card(1).width());
    QVERIFY(share > 0.58 && share < 0.66);
    QCOMPARE(w.card(1).left() - w.card(0).right() - 1, 24);
    QCOMPARE(w.card(2).top() - w.card(1).bottom() - 1, 24);
    QCOMPARE(w.card(2).bottom(), w.card(0).bottom());
    w.frame.inspector()->setFolded(true);
    QVERIFY(!w.frame.inspector()->isVisible());
    QCOMPARE(w.stage->width(), 1600 - 64);
}

void TestFrame::narrow() {
    Window w({1024, 700});
    QVERIFY(w.frame.inspector()->isDrawer() && w.frame.inspector()->isFolded());
    QCOMPARE(w.stage->width(), 1024 - 64);
    QVERIFY(w.card(0).width() >= 336);
    w.frame.inspector()->setFolded(false);
    QVERIFY(w.frame.inspector()->isVisible());
    QCOMPARE(w.stage->width(), 1024 - 64); // the drawer lies over the stage
    QTest::keyClick(w.frame.inspector(), Qt::Key_Escape);
    QVERIFY(!w.frame.inspector()->isVisible());
    w.frame.inspector()->setFolded(false);
    QTest::mouseClick(w.frame.inspector(), Qt::LeftButton, {}, {20, 300});
    QVERIFY(w.frame.inspector()->isVisible());
    QTest::mouseClick(w.stage->cards()[0], Qt::LeftButton, {}, {40, 40}); // beside the drawer
    QVERIFY(!w.frame.inspector()->isVisible());
    w.frame.resize(1600, 1000);
    QVERIFY(w.frame.inspector()->isVisible());
}

void TestFrame::tiny() {
    Window w({700, 600});
    QVERIFY(w.stage->isStacked());
    QVERIFY(w.card(1).top() > w.card(0).bottom());
    QCOMPARE(w.card(1).width(), w.card(0).width());
    QVERIFY(w.stage->widget()->height() > w.stage->height());
}

void TestFrame::arrangements() {
    Window w({1600, 1000});
    w.stage->setArrangement(Arrangement::MainOverStrip);
    QVERIFY(w.card(2).top() > w.card(0).bottom());
    QCOMPARE(w.card(2).width(), w.card(0).width());
    w.stage->setArrangement(Arrangement::Columns);
    QVERIFY(std::abs(w.card(0).width() - w.card(2).width()) <= 1);
    w.stage->setArrangement(Arrangement::MainOnly);
    QVERIFY(w.stage->cards()[1]->isHidden());
    w.stage->setArrangement(Arrangement::MainAndSide);
    w.stage->setEnlarged(2);
    QVERIFY(w.stage->cards()[2]->isVisible() && w.stage->cards()[0]->isHidden());
    w.stage->setEnlarged(-1);
    QVERIFY(w.stage->cards()[0]->isVisible());
    for (const Arrangement a :
         {Arrangement::MainAndSide, Arrangement::MainOverStrip, Arrangement::Columns, Arrangement::MainOnly})
        QCOMPARE(arrangementNamed(arrangementName(a)), std::optional(a));
    QVERIFY(!arrangementNamed(QStringLiteral("none")));
}

void TestFrame::presenting() {
    Window w({1600, 1000});
    w.frame.setPresenting(true);
    applyTheme(&w.frame, Theme::light().presented(1000));
    QVERIFY(!w.frame.rail()->isVisible() && !w.frame.topBar()->isVisible() &&
            !w.frame.inspector()->isVisible());
    QCOMPARE(w.stage->geometry(), w.frame.rect());
    QVERIFY(w.stage->cards()[0]->isVisible() && w.stage->cards()[1]->isHidden());
}

void TestFrame::railOpensLabs() {
    Window w({1600, 1000});
    QSignalSpy spy(&w.lab, &QAction::triggered);
    auto* button = w.frame.rail()->findChild<RailButton*>();
    QCOMPARE(button->accessibleName(), QStringLiteral("LASSO path"));
    QTest::mouseClick(button, Qt::LeftButton);
    button->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(spy.count(), 2);
}

void TestFrame::whyPanel() {
    WhyPanel panel;
    panel.resize(288, 200);
    panel.setNarration(narration());
    panel.show();
    QSignalSpy spy(&panel, &WhyPanel::termHovered);
    QTest::mouseMove(&panel, panel.termRect(2).center().toPoint());
    QTest::mouseMove(&panel, {1, 199});
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("rho"));
    QVERIFY(spy[1][0].toString().isEmpty());
    QVERIFY(panel.accessibleDescription().contains(QString::fromUtf8("β5 ← S(24.93) = 23.10")));
}

void TestFrame::longFormulaWraps() {
    WhyPanel panel;
    Narration n = narration();
    panel.setNarration(n);
    const int before = panel.heightForWidth(288);
    for (int i = 0; i < 10; ++i)
        n.formula.push_back({QStringLiteral(" + 12.3456"), {}, false, {}});
    panel.setNarration(n);
    QVERIFY(panel.heightForWidth(288) > before);
    panel.resize(288, panel.heightForWidth(288));
    panel.show();
    for (std::size_t i = 0; i < n.formula.size(); ++i)
        QVERIFY(panel.rect().contains(panel.termRect(i).toAlignedRect()));
}

void TestFrame::picturesAreNotBlank() {
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector}) {
        Window w({1200, 800});
        auto* why = new WhyPanel;
        why->setNarration(narration());
        w.frame.inspector()->addSection(QStringLiteral("Why this step"), why);
        applyTheme(&w.frame, Theme::of(kind));
        QCoreApplication::processEvents();
        QVERIFY(colours(w.frame.grab().toImage()) > 30);
        QVERIFY(colours(why->grab().toImage()) > 10);
        QVERIFY(colours(w.frame.rail()->grab().toImage()) > 5);
        QCOMPARE(w.frame.grab().toImage().pixelColor(70, 400), Theme::of(kind).window);
    }
}

void TestFrame::textStaysText() {
    Window w({1200, 800});
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(w.frame.size());
    QPainter painter(&svg);
    w.frame.render(&painter, {}, {}, QWidget::DrawChildren);
    painter.end();
    QVERIFY(buffer.data().contains("LASSO path"));
    QVERIFY(buffer.data().contains(">Side<"));
    QVERIFY(!buffer.data().contains("<image"));
}

void TestFrame::sentencesHaveShorterForms() {
    const QFont font = Theme::light().words(12.5);
    const QStringList all{QStringLiteral("5 of 10 in the model at this λ"), QStringLiteral("5 of 10")};
    const QString forms = all.join(kShorter);
    for (const QString& form : all)
        QCOMPARE(longestThatFits(forms, font, textWidth(font, form)), form);
    QCOMPARE(longestThatFits(forms, font, 3.0), all.back());
    QCOMPARE(longestForm(forms), all.front());
    Card card(QStringLiteral("Coefficient paths"));
    card.setSubtitle(forms);
    QCOMPARE(card.accessibleDescription(), all.front());
}

QTEST_MAIN(TestFrame)
#include "tst_frame.moc"
