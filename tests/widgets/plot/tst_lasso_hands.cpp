// The views of the LASSO lab under the pointer and the keys.
#include "app/labs/lasso/views/coefficient_view.h"
#include "app/labs/lasso/views/path_geometry.h"
#include "app/labs/lasso/views/path_view.h"
#include "app/labs/lasso/views/residual_view.h"
#include "tests/widgets/plot/sample_path.h"

#include <QSignalSpy>
#include <QTest>

using namespace orrery;
using namespace orrery::lasso;

class LassoHandsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void dragOfLambdaIsSaid();
    void hoverAndClickNameTheCoefficient();
    void keysMoveTheLine();
    void keyboardFocusIsSeen();
    void brushedRowsAreTheRightOnes();

  private:
    SampleFit m_fit = sampleFit(442, 10, 60, 7);
};

void LassoHandsTest::dragOfLambdaIsSaid() {
    for (const PathAxis axis : {PathAxis::Lambda, PathAxis::L1Norm, PathAxis::Deviance}) {
        PathView view;
        view.resize(560, 500);
        view.setPath(m_fit.path);
        view.setAxis(axis);
        view.setLambda(m_fit.path->lambdas[30]);
        view.prepare();
        QSignalSpy dragged(&view, &PathView::lambdaDragged);
        const double x = view.toX(knotPositions(*m_fit.path, axis)[30]);
        const QPoint from(qRound(x), 60), to = from + QPoint(-40, 0);
        QTest::mousePress(&view, Qt::LeftButton, {}, from);
        QTest::mouseMove(&view, to);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, to);
        QCOMPARE(dragged.count(), 1);
        const double lambda = dragged[0][0].toDouble();
        QVERIFY(lambda > m_fit.path->lambdas[30]); // to the left the penalty grows on every axis
        view.setLambda(lambda);
        view.prepare();
        const double now = view.toX(valueAt(knotPositions(*m_fit.path, axis), knotOf(*m_fit.path, lambda)));
        QVERIFY(std::abs(now - (x - 40)) < 1.0); // the line comes to where the pointer is
    }
}

void LassoHandsTest::hoverAndClickNameTheCoefficient() {
    PathView view;
    view.resize(560, 500);
    view.setPath(m_fit.path);
    view.setLambda(m_fit.path->lambdas[10]);
    view.prepare();
    const PathColumn& first = m_fit.path->active.front();
    const QPoint at = view.toPixel(m_fit.path->lambdas[50], coefficientAt(first, 50)).toPoint();
    QSignalSpy hovered(&view, &PathView::coefficientHovered), clicked(&view, &PathView::coefficientClicked);
    QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
    QCOMPARE(hovered.count(), 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, at);
    QCOMPARE(hovered.last()[0].toInt(), first.column);
    QCOMPARE(clicked.last()[0].toInt(), first.column);
}

void LassoHandsTest::keysMoveTheLine() {
    PathView paths;
    CvView validation;
    paths.setPath(m_fit.path);
    validation.setCurve(m_fit.validation);
    QSignalSpy alongPaths(&paths, &PathView::lambdaDragged), alongErrors(&validation, &CvView::lambdaDragged);
    const std::vector<double>& lambdas = m_fit.path->lambdas;
    for (QWidget* view : std::initializer_list<QWidget*>{&paths, &validation})
        view->resize(400, 300);
    paths.setLambda(lambdas[10]);
    validation.setLambda(lambdas[10]);
    for (QWidget* view : std::initializer_list<QWidget*>{&paths, &validation}) {
        QTest::keyClick(view, Qt::Key_Period);
        QTest::keyClick(view, Qt::Key_Comma);
    }
    for (const QSignalSpy* spy : {&alongPaths, &alongErrors}) {
        QCOMPARE(spy->count(), 2);
        QVERIFY(std::abs(spy->at(0)[0].toDouble() / lambdas[11] - 1) < 1e-9); // to the right λ falls
        QVERIFY(std::abs(spy->at(1)[0].toDouble() / lambdas[9] - 1) < 1e-9);
    }
    paths.setLambda(lambdas.front());
    QTest::keyClick(&paths, Qt::Key_Comma);
    QCOMPARE(alongPaths.count(), 2); // there is none before the first
}

void LassoHandsTest::keyboardFocusIsSeen() {
    PathView view;
    view.resize(400, 300);
    view.setPath(m_fit.path);
    const auto after = [&](QEvent& event) {
        QCoreApplication::sendEvent(&view, &event);
        return view.grab().toImage();
    };
    const QImage plain = view.grab().toImage();
    QFocusEvent in(QEvent::FocusIn, Qt::TabFocusReason), out(QEvent::FocusOut, Qt::TabFocusReason);
    QKeyEvent tab(QEvent::KeyRelease, Qt::Key_Tab, Qt::NoModifier);
    QVERIFY(after(in) == plain); // so it is told as well when another widget was hidden
    QVERIFY(after(tab) != plain);
    QVERIFY(after(out) == plain);
}

void LassoHandsTest::brushedRowsAreTheRightOnes() {
    ResidualView view;
    view.resize(410, 340);
    view.setResiduals(m_fit.fitted, m_fit.residuals);
    view.prepare();
    QSignalSpy brushed(&view, &ResidualView::rowsBrushed);
    const QPoint from = view.area().center().toPoint(), to = from + QPoint(80, -70);
    QTest::mousePress(&view, Qt::LeftButton, {}, from);
    QTest::mouseMove(&view, to);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to);
    std::vector<int> expected;
    for (std::size_t i = 0; i < m_fit.fitted.size(); ++i) {
        const double x = m_fit.fitted[i], y = m_fit.residuals[i];
        if (x >= view.fromX(from.x()) && x <= view.fromX(to.x()) && y >= view.fromY(from.y()) &&
            y <= view.fromY(to.y()))
            expected.push_back(static_cast<int>(i));
    }
    QVERIFY(expected.size() > 3);
    QCOMPARE(brushed.last()[0].value<std::vector<int>>(), expected);
    QTest::mouseClick(&view, Qt::LeftButton, {},
                      QPoint(qRound(view.area().left()) + 3, qRound(view.area().top()) + 3));
    QVERIFY(brushed.last()[0].value<std::vector<int>>().empty()); // a click on nothing clears
}

QTEST_MAIN(LassoHandsTest)
#include "tst_lasso_hands.moc"
