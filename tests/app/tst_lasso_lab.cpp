// The LASSO lab without a window: what stands on the screen is what the solver computed, and data that makes
// no regression ends in one sentence.
#include "app/labs/lasso/lasso_lab.h"
#include "app/labs/lasso/views/residual_view.h"
#include "app/scenario/scenario.h"
#include "core/data/builtins.h"
#include "widgets/plot/number_format.h"

#include <QSignalSpy>
#include <QtTest>

using namespace orrery;

namespace {

using Dataset = std::shared_ptr<const data::Dataset>;

Dataset loaded(const DataSource& source) {
    Progress progress;
    auto dataset = loadData({source, {}}, progress);
    if (!dataset) qFatal("%s", dataset.error().message.c_str());
    return *dataset;
}
Dataset diabetes() {
    return loaded(BuiltinSource{QStringLiteral("diabetes")});
}
Dataset cells(const QString& csv) {
    return loaded(InlineSource{QStringLiteral("cells"), csv, {}});
}

/// A lab with its run computed to the end.
struct Bench {
    LassoLab lab;
    QSignalSpy failures{&lab, &Lab::failed};

    explicit Bench(const Dataset& dataset, ParameterValues values = {}, std::int64_t index = 0) {
        const auto opened = lab.open(dataset, values, 7, {.runAhead = true, .index = index, .play = false});
        if (!opened) Q_EMIT lab.failed(QString::fromStdString(opened.error().message));
        lab.waitForViews();
    }
    TransportState transport() { return lab.session()->latest()->transport; }
    void post(const Command& command) {
        lab.session()->post(command);
        lab.waitForViews();
    }
};

/// The same problem, made without the lab.
struct Reference {
    std::shared_ptr<const linear::RegressionProblem> problem;
    linear::LassoOptions options{.alpha = 0.8, .relativeGap = 1e-6};
    const Eigen::MatrixXd* x = nullptr;

    Reference() {
        auto design = data::designOf(*diabetes());
        problem = *linear::makeProblem(std::get<Eigen::MatrixXd>(design->x), design->y, true, design->names);
        options.lambdas = linear::lambdaGrid(*problem, 0.8, 100, 1e-3 * 0.8); // 1e-3 of the λmax at α = 1
        x = &std::get<Eigen::MatrixXd>(problem->design);
    }
    [[nodiscard]] int columnOf(const QString& name) const {
        const auto& names = problem->names;
        return static_cast<int>(std::find(names.begin(), names.end(), name.toStdString()) - names.begin());
    }
};

QString markedText(const Narration& why, const QString& mark) {
    for (const FormulaTerm& term : why.formula)
        if (term.mark == mark) return term.text;
    return {};
}

QString resultText(const Narration& why) {
    for (const FormulaTerm& term : why.formula)
        if (term.isResult) return term.text;
    return {};
}

QString subscriptOf(const Narration& why) {
    return why.formula.empty() ? QString() : why.formula.front().subscript;
}

/// More than one colour.
bool isPainted(QWidget& widget) {
    const QImage image = widget.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    return colours.size() > 3;
}

const ParameterSpec lambdaOf(const LassoLab& lab) {
    return *findSpec(lab.parameterSpecs(), "lambda");
}

} // namespace

class TestLassoLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void narrationIsTheStep();
    void subtitlesAreTheSolvers();
    void exportedPathIsTheSolvers();
    void dataInWordsIsTrue();
    void articleDoublesLambda();
    void brushedRowsAreTableRows();
    void oddData_data();
    void oddData();
    void refusedDataLosesNothing();
    void seedChangesTheFoldsAlone();
};

// β_j ← S(ρ, λα) / (1 + λ(1 − α)), with ρ = (1/n) x_jᵀ(r + x_j β_j), recomputed from the state one step
// before.
void TestLassoLab::narrationIsTheStep() {
    const Reference reference;
    Bench bench(diabetes(), {{"alpha", 0.8}});
    auto solver =
        linear::makeLassoSolver(linear::LassoMethod::CoordinateDescent, reference.problem, reference.options);
    QVERIFY(solver);
    const std::int64_t end = bench.transport().furthest;
    QVERIFY(end > 500);
    Eigen::VectorXd before = Eigen::VectorXd::Zero(10);
    int compared = 0;
    for (std::int64_t index = 1; index <= end; ++index) {
        before = solver->frame().beta;
        const int lambdaIndex = solver->frame().lambdaIndex;
        (void)solver->step();
        if (index % 37 != 0) continue;
        bench.post(command::Seek{index});
        QCOMPARE(bench.transport().index, index);
        const Narration why = bench.lab.narration();
        if (markedText(why, QStringLiteral("rho")).isEmpty()) continue;
        const int j = reference.columnOf(subscriptOf(why));
        QVERIFY(j < 10);
        const Eigen::MatrixXd& x = *reference.x;
        const double lambda = reference.options.lambdas[static_cast<std::size_t>(lambdaIndex)];
        const Eigen::VectorXd partial = reference.problem->response - x * before + x.col(j) * before[j];
        const double rho = x.col(j).dot(partial) / static_cast<double>(x.rows());
        const double threshold = lambda * 0.8;
        const double after = linear::softThreshold(rho, threshold) / (1.0 + lambda * 0.2);
        QCOMPARE(markedText(why, QStringLiteral("rho")), shortNumber(rho, 4));
        QCOMPARE(markedText(why, QStringLiteral("threshold")), shortNumber(threshold, 4));
        QCOMPARE(resultText(why), shortNumber(after, 4));
        ++compared;
    }
    QVERIFY2(compared >= 10, qPrintable(QString::number(compared)));
}

void TestLassoLab::subtitlesAreTheSolvers() {
    Bench bench(diabetes(), {{"alpha", 0.8}});
    const Reference reference;
    auto solver =
        linear::makeLassoSolver(linear::LassoMethod::CoordinateDescent, reference.problem, reference.options);
    bench.post(command::RunToEnd{});
    (void)solve(*solver);
    const linear::LassoFrame frame = solver->frame();
    const Eigen::VectorXd residual = reference.problem->response - *reference.x * frame.beta;
    const double r2 = 1.0 - residual.squaredNorm() / reference.problem->response.squaredNorm();
    QCOMPARE(bench.lab.subtitle(QStringLiteral("residuals")),
             QStringLiteral("R² %1").arg(fixedNumber(r2, 2)));
    const QString paths = bench.lab.subtitle(QStringLiteral("paths"));
    QVERIFY2(paths.startsWith(QStringLiteral("%1 of 10").arg(frame.nonZeros)), qPrintable(paths));
    QCOMPARE(bench.lab.timeLabel(bench.transport()), QStringLiteral("λ 100 of 100"));
}

void TestLassoLab::exportedPathIsTheSolvers() {
    Bench bench(diabetes(), {{"alpha", 0.8}});
    const Reference reference;
    auto solver =
        linear::makeLassoSolver(linear::LassoMethod::CoordinateDescent, reference.problem, reference.options);
    (void)solve(*solver);
    const linear::Path path = solver->frame().path;
    const QStringList lines = bench.lab.resultAsCsv().trimmed().split(u'\n');
    std::size_t cellsInPath = 0;
    for (const auto& point : path)
        cellsInPath += point->support.size();
    QCOMPARE(static_cast<std::size_t>(lines.size() - 1), cellsInPath);
    for (const QString& line : lines.mid(1)) {
        const QStringList cell = line.split(u',');
        const int j = reference.columnOf(cell[3].mid(1, cell[3].size() - 2));
        const auto point = std::find_if(path.begin(), path.end(),
                                        [&](const auto& p) { return p->lambda == cell[0].toDouble(); });
        QVERIFY(point != path.end());
        const auto at =
            std::find((*point)->support.begin(), (*point)->support.end(), j) - (*point)->support.begin();
        QCOMPARE(cell[4].toDouble(), (*point)->values[static_cast<std::size_t>(at)]);
        QCOMPARE(cell[2].toDouble(), (*point)->devianceRatio);
    }
}

void TestLassoLab::dataInWordsIsTrue() {
    Bench bench(diabetes());
    const QString name = QString::fromStdString(diabetes()->table->name);
    QCOMPARE(bench.lab.dataInWords(), name + QStringLiteral(" · 442 × 10 · standardised"));
    bench.lab.setParameters({{"standardize", false}});
    bench.lab.waitForViews();
    QCOMPARE(bench.lab.dataInWords(), name + QStringLiteral(" · 442 × 10 · as given, centred"));

    Bench gaps(cells(QStringLiteral("a,b,y\n1,2,3\n2,,4\n3,1,5\n4,4,\n5,2,1\n6,3,2\n")));
    QCOMPARE(gaps.lab.dataInWords(),
             QStringLiteral("cells · 4 × 2 · standardised · 2 rows with gaps left out"));
}

void TestLassoLab::articleDoublesLambda() {
    Bench field(diabetes(), {}), article(diabetes(), {{"scale", std::string("article")}});
    QCOMPARE(lambdaOf(article.lab).maximum, 2.0 * lambdaOf(field.lab).maximum);
    QCOMPARE(lambdaOf(article.lab).minimum, 2.0 * lambdaOf(field.lab).minimum);
    const double largest = lambdaOf(field.lab).maximum;
    QCOMPARE(resultText(field.lab.narration()), shortNumber(largest, 4));
    QCOMPARE(resultText(article.lab.narration()), shortNumber(2.0 * largest, 4));
    const auto lambdaAndBeta = [](const QString& csv) {
        const QStringList cell = csv.split(u'\n').value(1).split(u',');
        return std::pair(cell[0].toDouble(), cell[4].toDouble());
    };
    const auto one = lambdaAndBeta(field.lab.resultAsCsv()), two = lambdaAndBeta(article.lab.resultAsCsv());
    QCOMPARE(two.first, 2.0 * one.first);
    QCOMPARE(two.second, one.second); // the same fit, another unit

    // Switching while it is open gives the same as opening so.
    field.lab.setParameters({{"scale", std::string("article")}});
    field.lab.waitForViews();
    QCOMPARE(field.lab.resultAsCsv(), article.lab.resultAsCsv());
    // The λ line of the article's scale goes to the same step.
    field.lab.setParameters({{"scale", std::string("article")}, {"lambda", 20.0}});
    field.lab.waitForViews();
    const auto index = field.transport().index;
    QVERIFY(index > 0);
    Bench plain(diabetes());
    plain.lab.setParameters({{"lambda", 10.0}});
    plain.lab.waitForViews();
    QCOMPARE(plain.transport().index, index);
}

void TestLassoLab::brushedRowsAreTableRows() {
    Bench bench(cells(QStringLiteral("a,b,y\n1,2,3\n2,,4\n3,1,5\n4,4,\n5,2,1\n6,3,2\n")));
    auto* view = qobject_cast<lasso::ResidualView*>(bench.lab.stage().back().widget);
    QVERIFY(view);
    std::vector<int> marked;
    connect(&bench.lab, &Lab::rowsHighlighted, this, [&](const std::vector<int>& rows) { marked = rows; });
    Q_EMIT view->rowsBrushed({0, 1, 3});
    QCOMPARE(marked, (std::vector<int>{0, 2, 5})); // rows 1 and 3 of the table have gaps

    view->resize(400, 300);
    const QImage plain = view->grab().toImage();
    bench.lab.highlightRows({1, 3}); // rows that are not in the fit: nothing is marked
    QVERIFY(view->grab().toImage() == plain);
    bench.lab.highlightRows({2, 99, -1});
    QVERIFY(view->grab().toImage() != plain);
    bench.lab.highlightRows({});
    QVERIFY(view->grab().toImage() == plain);
}

void TestLassoLab::oddData_data() {
    QTest::addColumn<QString>("csv");
    QTest::addColumn<bool>("usable");
    const auto add = [](const char* name, const char* csv, bool usable) {
        QTest::newRow(name) << QString::fromUtf8(csv) << usable;
    };
    add("one feature", "a,y\n1,2\n2,3\n3,5\n4,4\n", true);
    add("two rows", "a,b,y\n1,2,3\n2,1,5\n", true);
    add("constant target", "a,b,y\n1,2,3\n2,1,3\n4,4,3\n", true);
    add("constant feature", "a,b,y\n1,2,3\n1,1,5\n1,4,4\n1,3,4\n", true);
    add("constant features only", "a,y\n1,2\n1,3\n1,9\n", true);
    add("equal columns", "a,b,y\n1,1,3\n2,2,5\n4,4,4\n3,3,4\n", true);
    add("large numbers", "a,b,y\n1e150,2,3e150\n2e150,1,5e150\n4e150,4,4e150\n", true);
    add("two levels", "a,b,class\n1,2,x\n2,1,z\n4,4,z\n3,3,x\n", true);
    add("a category among the features", "a,b,y\n1,x,3\n2,z,5\n4,z,4\n3,x,4\n", true);
    add("more columns than rows", "a,b,c,d,e,f,y\n1,2,3,4,5,7,1\n2,1,3,5,4,2,3\n9,8,7,3,2,1,4\n", true);
    add("too large to square", "a,b,y\n1e300,2,3\n2e300,1,5\n4e300,4,4\n", false);
    add("target too large to square", "a,b,y\n1,2,3e300\n2,1,5e300\n4,4,4e300\n", false);
    add("three levels", "a,b,class\n1,2,x\n2,1,z\n4,4,w\n3,3,x\n", false);
    add("no whole row", "a,b,y\n1,,3\n,1,5\n4,4,\n", false);
    add("one whole row", "a,b,y\n1,2,3\n,1,5\n4,4,\n", false);
    add("one row", "a,b,y\n1,2,3\n", false);
    add("one column", "y\n1\n2\n3\n", false);
}

void TestLassoLab::oddData() {
    QFETCH(QString, csv);
    QFETCH(bool, usable);
    for (const linear::LassoMethod method : linear::kLassoMethods)
        for (const char* stage : {"paths", "coefficients", "geometry", "race"}) {
            Bench bench(cells(csv), {{"solver", std::string(linear::idOf(method))},
                                     {"stage", std::string(stage)},
                                     {"lambdas", std::int64_t{20}}});
            QString said = bench.failures.isEmpty() ? QString() : bench.failures.front().front().toString();
            const QByteArray here =
                QByteArray(linear::idOf(method).data()) + ' ' + stage + ": " + said.toUtf8();
            QVERIFY2(bench.failures.size() <= 1, here);
            QVERIFY2(!said.contains(u'\n') && said.size() < 300, here);
            bench.post(command::RunToEnd{});
            bench.post(command::Seek{3});
            for (const StageView& view : bench.lab.stage()) {
                view.widget->resize(420, 320);
                QVERIFY2(isPainted(*view.widget), here + ' ' + view.id.toUtf8());
            }
            const auto snapshot = bench.lab.session()->latest();
            QVERIFY2(usable ? snapshot && snapshot->transport.furthest > 0 && snapshot->transport.ended
                            : !said.isEmpty(),
                     here);
            (void)bench.lab.narration();
            (void)bench.lab.resultAsCsv();
        }
}

// Data that makes no problem is only found out when it is tried.
void TestLassoLab::refusedDataLosesNothing() {
    Bench bench(diabetes(), {}, 200);
    const Dataset before = bench.lab.dataset();
    const QString words = bench.lab.dataInWords();
    const QString csv = bench.lab.resultAsCsv();
    (void)bench.lab.setDataset(cells(QStringLiteral("a,b,class\n1,2,x\n2,1,z\n4,4,w\n3,3,x\n")));
    bench.lab.waitForViews();
    QCOMPARE(bench.failures.size(), 1);
    bench.post(command::Step{});
    bench.post(command::Step{});
    QCOMPARE(bench.failures.size(), 1); // said once
    QCOMPARE(bench.lab.dataInWords(), words);
    QCOMPARE(bench.lab.resultAsCsv(), csv);
    QVERIFY(bench.lab.dataset() == before);
}

void TestLassoLab::seedChangesTheFoldsAlone() {
    Bench bench(diabetes(), {}, 470);
    const QString csv = bench.lab.resultAsCsv(),
                  validation = bench.lab.subtitle(QStringLiteral("cross-validation"));
    const QImage before = bench.lab.stage()[1].widget->grab().toImage();
    bench.lab.setSeed(8);
    bench.lab.waitForViews();
    QCOMPARE(bench.lab.resultAsCsv(), csv);
    QVERIFY(bench.lab.stage()[1].widget->grab().toImage() != before);
    bench.lab.setSeed(7);
    bench.lab.waitForViews();
    QCOMPARE(bench.lab.subtitle(QStringLiteral("cross-validation")), validation);
    QCOMPARE(bench.transport().index, std::int64_t{470});
}

QTEST_MAIN(TestLassoLab)
#include "tst_lasso_lab.moc"
