// The isotonic lab without a window: what stands on the screen is what the solver computed, and points follow
// the hand.
#include "app/labs/isotonic/views/counter_view.h"
#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/isotonic/views/step_marks.h"
#include "tests/app/isotonic_bench.h"

using namespace orrery;

namespace {

QString formulaOf(const Narration& why) {
    QString text;
    for (const FormulaTerm& term : why.formula)
        text += term.text;
    return text;
}

/// max over a ≤ i of min over b ≥ i of the weighted mean of a … b.
double maxMin(const std::vector<FittedRow>& rows, std::size_t i) {
    double best = -INFINITY;
    for (std::size_t a = 0; a <= i; ++a) {
        double least = INFINITY, sum = 0.0, weight = 0.0;
        for (std::size_t b = a; b < rows.size(); ++b) {
            sum += rows[b].weight * rows[b].y, weight += rows[b].weight;
            if (b >= i) least = std::min(least, sum / weight);
        }
        best = std::max(best, least);
    }
    return best;
}

} // namespace

class TestIsotonicLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theWhyPanelIsTheMerge();
    void formulaIsRecomputedFromThePoints();
    void exportedFitIsTheMaxMinFormula_data();
    void exportedFitIsTheMaxMinFormula();
    void countersAreTheSolvers();
    void anyStepInAnyOrder();
    void editsMakeANewTable();
    void theLastPointStays();
    void markedRowsAreTableRows();
};

void TestIsotonicLab::theWhyPanelIsTheMerge() {
    Bench bench(cells(QString::fromUtf8(kWeighted)),
                table({{"weight", std::string("w")}, {"x", std::string("x")}, {"y", std::string("y")}}));
    QStringList formulas;
    for (std::int64_t i = 1; i <= bench.transport().furthest; ++i) {
        bench.post(command::Seek{i});
        formulas << formulaOf(bench.lab.narration());
    }
    const QString all = formulas.join(u'\n');
    QVERIFY2(formulas.contains(QStringLiteral("(3·23.33 + 3·20.83) / (3 + 3) = 22.08")), qPrintable(all));
    QVERIFY2(formulas.contains(QStringLiteral("(3·22.50 + 6·22.08) / (3 + 6) = 22.22")), qPrintable(all));
    const auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{4});
    for (int i = 0; i < 3; ++i)
        QVERIFY(std::abs(rows[static_cast<std::size_t>(i)].fit - 66.666 / 3.0) < 1e-12);
    QCOMPARE(rows[3].fit, 24.25);
    QCOMPARE(bench.lab.dataInWords(), QStringLiteral("cells · 4 rows · y over x · weighted by w"));
}

void TestIsotonicLab::formulaIsRecomputedFromThePoints() {
    Bench bench(cancer(), {{"data", std::string("perturbed_log")}, {"n", std::int64_t{40}}});
    const isotonic::ShapeData shape = isotonic::makeShape(isotonic::Shape::PerturbedLog, 40, 7);
    const auto problem = isotonic::makeProblem(shape.x, shape.y);
    QVERIFY(problem);
    isotonic::StackPava solver(*problem);
    const auto mean = [&](const isotonic::Block& block) {
        double sum = 0.0;
        for (std::size_t i = block.first; i <= block.last; ++i)
            sum += shape.y[i];
        return sum / block.size();
    };
    int compared = 0;
    for (std::int64_t index = 1; index <= bench.transport().furthest; ++index) {
        (void)solver.step();
        const isotonic::Move& move = solver.state().move;
        if (move.kind != isotonic::MoveKind::Pool) continue;
        bench.post(command::Seek{index});
        const auto term = [&](const isotonic::Block& block) {
            return isotone::figure(block.size()) + QStringLiteral("·") + isotone::figure(mean(block));
        };
        QCOMPARE(formulaOf(bench.lab.narration()),
                 QStringLiteral("(%1 + %2) / (%3 + %4) = %5")
                     .arg(term(move.left), term(move.right), isotone::figure(move.left.size()),
                          isotone::figure(move.right.size()),
                          isotone::figure(mean({move.left.first, move.right.last, 0, 0, 0}))));
        ++compared;
    }
    QVERIFY2(compared >= 10, qPrintable(QString::number(compared)));
}

void TestIsotonicLab::exportedFitIsTheMaxMinFormula_data() {
    QTest::addColumn<QString>("solver");
    QTest::addColumn<QString>("shape");
    for (const auto method : isotonic::kIsotonicMethods)
        for (const char* shape : {"perturbed_log", "logistic", "pathological", "alternating"})
            QTest::addRow("%s %s", isotonic::idOf(method).data(), shape)
                << QString::fromUtf8(isotonic::idOf(method).data()) << QString::fromUtf8(shape);
}

void TestIsotonicLab::exportedFitIsTheMaxMinFormula() {
    QFETCH(QString, solver);
    QFETCH(QString, shape);
    Bench bench(cancer(),
                {{"solver", solver.toStdString()}, {"data", shape.toStdString()}, {"n", std::int64_t{60}}});
    bench.toEnd();
    const auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{60});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double wanted = maxMin(rows, i);
        QVERIFY2(std::abs(rows[i].fit - wanted) < 1e-9 * (1.0 + std::abs(wanted)),
                 qPrintable(QString::number(i)));
    }
}

void TestIsotonicLab::countersAreTheSolvers() {
    Bench bench(cancer(), {{"data", std::string("perturbed_log")}, {"n", std::int64_t{50}}}, 33);
    const isotonic::ShapeData shape = isotonic::makeShape(isotonic::Shape::PerturbedLog, 50, 7);
    const auto problem = isotonic::makeProblem(shape.x, shape.y);
    auto* view = bench.view<isotone::CounterView>();
    QVERIFY(view);
    const auto& rows = view->table()->rows();
    QCOMPARE(rows.size(), std::size_t{5});
    for (std::size_t m = 0; m < 3; ++m) {
        isotonic::AnyIsotonicSolver solver(isotonic::kIsotonicMethods[m], *problem);
        for (int i = 0; i < 33; ++i)
            (void)solver.step();
        const auto state = solver.state();
        const isotonic::Counters& counters = isotonic::commonOf(state).counters;
        QCOMPARE(rows[1].cells[m].text, QString::number(counters.comparisons));
        QCOMPARE(rows[2].cells[m].text, QString::number(counters.pops));
        QCOMPARE(rows[3].cells[m].text, QString::number(counters.writes));
        QCOMPARE(rows[4].cells[m].text, QString::number(counters.passes));
    }
}

void TestIsotonicLab::anyStepInAnyOrder() {
    for (const auto method : isotonic::kIsotonicMethods) {
        Bench bench(cancer(), {{"solver", std::string(isotonic::idOf(method))}, {"n", std::int64_t{30}}});
        const std::int64_t end = bench.transport().furthest;
        QHash<std::int64_t, QString> straight;
        for (std::int64_t i = 0; i <= end; ++i) {
            bench.post(command::Seek{i});
            straight[i] = bench.lab.resultAsCsv() + bench.lab.narration().sentence;
        }
        for (std::int64_t i = end; i >= 0; --i) {
            const std::int64_t index = (i * 37) % (end + 1);
            bench.post(command::Seek{index});
            QCOMPARE(bench.lab.resultAsCsv() + bench.lab.narration().sentence, straight[index]);
        }
    }
}

void TestIsotonicLab::editsMakeANewTable() {
    Bench bench(cancer(), {{"data", std::string("alternating")}, {"n", std::int64_t{12}}});
    auto* fit = bench.view<isotone::FitView>();
    QVERIFY(fit);
    Dataset edited;
    ParameterValues values;
    connect(&bench.lab, &Lab::dataEdited, this, [&](Dataset dataset, const ParameterValues& with, bool) {
        edited = dataset;
        values = with;
    });
    Q_EMIT fit->rowDragged(4, 3.5, 99.0, true);
    QVERIFY(edited);
    bench.lab.editData(edited, values);
    bench.lab.waitForViews();
    bench.toEnd();
    auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{12});
    const auto moved =
        std::find_if(rows.begin(), rows.end(), [](const FittedRow& row) { return row.y == 99.0; });
    QVERIFY(moved != rows.end());
    QCOMPARE(moved->x, 3.5);
    for (std::size_t i = 0; i < rows.size(); ++i)
        QVERIFY(std::abs(rows[i].fit - maxMin(rows, i)) < 1e-9);
    Q_EMIT fit->rowAdded(20.0, -5.0);
    QCOMPARE(edited->table->rows(), std::size_t{13});
    Q_EMIT fit->rowRemoved(0);
    QCOMPARE(edited->table->rows(), std::size_t{11});
    QVERIFY(bench.failures.isEmpty());
}

void TestIsotonicLab::theLastPointStays() {
    Bench bench(cells(QStringLiteral("x,y\n1,3\n")), table());
    QSignalSpy edits(&bench.lab, &Lab::dataEdited);
    Q_EMIT bench.view<isotone::FitView>()->rowRemoved(0);
    QCOMPARE(edits.size(), 0);
    QCOMPARE(bench.failures.size(), 1);
}

void TestIsotonicLab::markedRowsAreTableRows() {
    Bench bench(cells(QStringLiteral("x,y\n5,3\n1,4\n3,5\n")), table());
    std::vector<int> marked;
    connect(&bench.lab, &Lab::rowsHighlighted, this, [&](const std::vector<int>& rows) { marked = rows; });
    auto* fit = bench.view<isotone::FitView>();
    Q_EMIT fit->rowChosen(2);
    QCOMPARE(marked, std::vector<int>{2});
    fit->resize(400, 300);
    const QImage plain = fit->grab().toImage();
    bench.lab.highlightRows({1});
    QVERIFY(fit->grab().toImage() != plain);
    bench.lab.highlightRows({});
    QVERIFY(fit->grab().toImage() == plain);
}

QTEST_MAIN(TestIsotonicLab)
#include "tst_isotonic_lab.moc"
