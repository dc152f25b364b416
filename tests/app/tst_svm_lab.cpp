// The SVM lab without a window: what stands on the plane is the dual's optimum, and data that makes no
// machine ends in one sentence.
#include "app/labs/svm/svm_lab.h"
#include "app/labs/svm/views/grid_view.h"
#include "app/labs/svm/views/plane_view.h"
#include "tests/app/svm_rows.h"
#include "tests/app/window_desk.h"
#include "widgets/plot/contour_lines.h"

#include <cmath>
#include <numeric>

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::SvmRow;
using orrery::testing::svmRowsOf;

namespace {

using Dataset = std::shared_ptr<const data::Dataset>;

Dataset cells(const QString& csv, const std::string& target = {}) {
    Progress progress;
    auto dataset = loadData({InlineSource{QStringLiteral("cells"), csv, {}}, {.target = target}}, progress);
    if (!dataset) qFatal("%s", dataset.error().message.c_str());
    return *dataset;
}

/// A lab with its run computed to the end.
struct Bench {
    SvmLab lab;
    QSignalSpy failures{&lab, &Lab::failed};

    explicit Bench(const Dataset& dataset, ParameterValues values = {}) {
        const auto opened = lab.open(dataset, values, 7, {.runAhead = true, .share = 1.0});
        if (!opened) Q_EMIT lab.failed(QString::fromStdString(opened.error().message));
        lab.waitForViews();
    }
    svmview::PlaneView* plane() { return qobject_cast<svmview::PlaneView*>(lab.stage().front().widget); }
    QString said() const { return failures.isEmpty() ? QString() : failures.front().front().toString(); }
};

} // namespace

class TestSvmLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void separablePlaneIsTheKnownOne();
    void slacksAndBoundsSatisfyKkt_data();
    void slacksAndBoundsSatisfyKkt();
    void contourOfACircle();
    void oddData_data();
    void oddData();
    void threeClassesVote();
    void probabilitiesOfThreeClasses_data();
    void probabilitiesOfThreeClasses();
    void allFeaturesOnAPlane();
    void manyRowsAreSampled();
    void regressionAndOneClass();
    void regressionBesideClasses();
    void rolesAndColumnsOfANewFile();
};

// Two points at distance 2: the street is all the room between them, w = (1, 0), b = 0, α = ½.
void TestSvmLab::separablePlaneIsTheKnownOne() {
    Bench bench(cells(QStringLiteral("x1,x2,class\n-1,0,B\n1,0,A\n")),
                {{"kernel", std::string("linear")}, {"c", 1000.0}, {"standardise", false}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto* picture = bench.plane()->picture();
    QVERIFY(picture && picture->straight);
    QVERIFY(std::abs(picture->slopeX - 1.0) < 1e-3 && std::abs(picture->slopeY) < 1e-3);
    QVERIFY(std::abs(picture->bias) < 1e-3);
    QVERIFY(bench.lab.narration().afterword.contains(QStringLiteral("parted without slack")));
    QCOMPARE(picture->supportVectors, 2);
    QCOMPARE(picture->bounded, 0);
    QVERIFY(std::abs(picture->points[0].share - 0.5 / 1000.0) < 1e-6);
    QCOMPARE(picture->boundary.size(), std::size_t{1});
    for (const QPointF& at : picture->boundary[0])
        QVERIFY(std::abs(at.x()) < 1e-3);
    for (const QPointF& at : picture->upper[0])
        QVERIFY(std::abs(at.x() - 1.0) < 1e-3);
}

void TestSvmLab::slacksAndBoundsSatisfyKkt_data() {
    QTest::addColumn<QString>("kernel");
    QTest::addColumn<double>("c");
    for (const char* kernel : {"linear", "poly", "rbf", "laplacian"})
        for (const double c : {0.1, 10.0})
            QTest::addRow("%s %g", kernel, c) << QString::fromUtf8(kernel) << c;
}

// α = 0: no slack; 0 < α < C: on the margin; slack: α = C.
void TestSvmLab::slacksAndBoundsSatisfyKkt() {
    QFETCH(QString, kernel);
    QFETCH(double, c);
    Progress progress;
    const auto dataset =
        *loadData({GeneratorSource{QStringLiteral("moons"), {{"n", std::int64_t{80}}}, 3}, {}}, progress);
    Bench bench(dataset, {{"kernel", kernel.toStdString()}, {"c", c}, {"tolerance", 1e-5}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto rows = svmRowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{80});
    int vectors = 0;
    for (const SvmRow& row : rows) {
        vectors += row.share > 0.0 ? 1 : 0;
        if (row.share < 1.0) QVERIFY2(row.slack < 1e-3, qPrintable(QString::number(row.slack)));
        if (row.slack > 1e-3) QCOMPARE(row.share, 1.0);
    }
    QVERIFY(vectors > 1);
    QCOMPARE(bench.plane()->picture()->supportVectors, vectors);
}

void TestSvmLab::contourOfACircle() {
    ScalarGrid grid{41, 31, -2.0, 2.0, -1.5, 1.5, {}};
    for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column)
            grid.values.push_back(grid.x(column) * grid.x(column) + grid.y(row) * grid.y(row));
    const auto lines = contourLines(grid, 1.0);
    QCOMPARE(lines.size(), std::size_t{1});
    QVERIFY(lines[0].isClosed());
    for (const QPointF& at : lines[0])
        QVERIFY(std::abs(std::hypot(at.x(), at.y()) - 1.0) < 0.01);
    QCOMPARE(contourLines(grid, 4.5).size(), std::size_t{4}); // cut off by the four sides
    QVERIFY(contourLines(grid, -1.0).empty());
}

void TestSvmLab::oddData_data() {
    QTest::addColumn<QString>("csv");
    QTest::addColumn<QString>("said"); // empty: it is fitted
    const auto add = [](const char* name, const char* csv, const char* said) {
        QTest::newRow(name) << QString::fromUtf8(csv) << QString::fromUtf8(said);
    };
    add("separable", "x1,x2,class\n0,0,A\n0,1,A\n5,0,B\n5,1,B\n", "");
    add("equal points of two classes", "x1,x2,class\n1,1,A\n1,1,B\n2,2,A\n2,2,B\n", "");
    add("one class", "x1,x2,class\n0,0,A\n1,1,A\n", "two classes");
    add("gaps", "x1,x2,class\n0,0,A\n,1,A\n5,,B\n5,1,B\n6,6,\n", "");
    add("not a number", "x1,x2,class\n0,0,A\nnan,1,A\n5,1,B\n", "");
    add("only gaps", "x1,x2,class\n,0,A\n,1,B\n", "value");
    add("one feature", "x1,class\n1,A\n2,B\n", "two different");
    add("words", "a,class\nx,A\ny,B\n", "numeric");
    add("constant feature", "x1,x2,class\n1,0,A\n1,1,A\n1,5,B\n1,6,B\n", "");
    add("all points equal", "x1,x2,class\n1,1,A\n1,1,A\n1,1,B\n", "");
    add("far apart", "x1,x2,class\n-1e9,0,A\n1e9,1,B\n0,5,B\n", "");
    add("many numbers as classes", "x1,x2,class\n1,0,1\n1,1,2\n1,5,3\n1,6,4\n1,7,5\n1,8,6\n1,9,7\n",
        "more than 6");
}

void TestSvmLab::oddData() {
    QFETCH(QString, csv);
    QFETCH(QString, said);
    for (const char* kernel : {"rbf", "linear", "poly", "sigmoid"}) {
        Bench bench(cells(csv, "class"), {{"kernel", std::string(kernel)}});
        const QByteArray here = QByteArray(kernel) + ": " + bench.said().toUtf8();
        QVERIFY2(said.isEmpty() ? bench.failures.isEmpty() : bench.said().contains(said), here);
        QVERIFY2(!bench.said().contains(u'\n'), here);
        for (const StageView& view : bench.lab.stage()) {
            view.widget->resize(420, 320);
            QVERIFY2(coloursOf(view.widget->grab().toImage()) > 2, here);
        }
        (void)bench.lab.dataInWords();
        (void)bench.lab.resultAsCsv();
        const QString why = bench.lab.narration().afterword;
        QCOMPARE(why.contains(QStringLiteral("share their place")),
                 said.isEmpty() && csv.startsWith(QStringLiteral("x1,x2,class\n1,1")));
    }
}

void TestSvmLab::threeClassesVote() {
    Progress progress;
    const auto dataset =
        *loadData({GeneratorSource{QStringLiteral("blobs"),
                                   {{"n", std::int64_t{60}}, {"classes", std::int64_t{3}}, {"spread", 0.3}},
                                   2},
                   {}},
                  progress);
    Bench bench(dataset);
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto* picture = bench.plane()->picture();
    QVERIFY(picture->kind == svmview::PlaneKind::Pairs);
    QCOMPARE(picture->wrong, 0);
    QVERIFY(bench.lab.dataInWords().contains(QStringLiteral("3 machines")));
    // The colour under each point is its own.
    const ScalarGrid& regions = picture->surface;
    int right = 0;
    const CanvasPoints& points = bench.plane()->points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const int column = static_cast<int>(std::lround(
            (points.x[i] - regions.left) / (regions.right - regions.left) * (regions.columns - 1)));
        const int row = static_cast<int>(std::lround((points.y[i] - regions.bottom) /
                                                     (regions.top - regions.bottom) * (regions.rows - 1)));
        right += regions.at(column, row) == points.label[i] ? 1 : 0;
    }
    QVERIFY2(right >= 58, qPrintable(QString::number(right)));
    QCOMPARE(bench.lab.session()->latest()->transport.phasesBefore, std::int64_t{3});
}

void TestSvmLab::probabilitiesOfThreeClasses_data() {
    QTest::addColumn<QString>("method");
    QTest::newRow("platt") << QStringLiteral("platt");
    QTest::newRow("isotonic") << QStringLiteral("isotonic");
}

// The colours are those of the likeliest class, and the map of C and γ is of the votes of all machines.
void TestSvmLab::probabilitiesOfThreeClasses() {
    QFETCH(QString, method);
    Progress progress;
    const auto dataset = *loadData(
        {GeneratorSource{QStringLiteral("blobs"), {{"n", std::int64_t{90}}, {"classes", std::int64_t{3}}}, 2},
         {}},
        progress);
    Bench bench(dataset, {{"surface", method.toStdString()}});
    bench.lab.waitForViews(); // the probabilities, then the picture that shows them
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto* picture = bench.plane()->picture();
    const ScalarGrid& regions = picture->surface;
    QCOMPARE(picture->certainty.size(), regions.values.size());
    for (const double p : picture->certainty)
        QVERIFY(p >= 1.0 / 3.0 - 1e-9 && p <= 1.0 + 1e-12);
    QCOMPARE(picture->chances.size(), std::size_t{90});
    int wrong = 0;
    for (std::size_t i = 0; i < 90; ++i) {
        const std::vector<double>& chances = picture->chances[i];
        QVERIFY(std::abs(std::accumulate(chances.begin(), chances.end(), 0.0) - 1.0) < 1e-9);
        const auto likeliest = std::max_element(chances.begin(), chances.end()) - chances.begin();
        wrong += likeliest != bench.plane()->points().label[i] ? 1 : 0;
    }
    QCOMPARE(picture->wrong, wrong);
    QVERIFY(wrong < 30);
    const auto stage = bench.lab.stage();
    const auto map = std::find_if(stage.begin(), stage.end(), [](const StageView& view) {
        return qobject_cast<svmview::GridView*>(view.widget) != nullptr;
    });
    QVERIFY(map != stage.end());
    // It is made for eyes.
    QWidget window;
    map->widget->setParent(&window);
    bench.lab.waitForViews();
    QVERIFY(qobject_cast<svmview::GridView*>(map->widget)->picture().best.has_value());
    map->widget->setParent(nullptr);
}

void TestSvmLab::allFeaturesOnAPlane() {
    Progress progress;
    const auto dataset = *loadData({BuiltinSource{QStringLiteral("breast_cancer")}, {}}, progress);
    Bench bench(dataset, {{"plane", std::string("pca")}, {"gamma", 0.05}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    QVERIFY2(bench.lab.dataInWords().contains(QStringLiteral("30 features, seen on the plane")),
             qPrintable(bench.lab.dataInWords()));
    QVERIFY(bench.plane()->picture()->wrong < 20);
    QVERIFY(!bench.plane()->isEditable());
    QSignalSpy edits(&bench.lab, &Lab::dataEdited);
    bench.plane()->apply(moved(bench.plane()->points(), {1}, {1.0, 0.0}), false);
    QCOMPARE(edits.size(), 0);
    QCOMPARE(bench.failures.size(), 1);
    // A click on the ground says so as well.
    bench.plane()->resize(500, 400);
    (void)bench.plane()->grab();
    const QPoint corner = (bench.plane()->area().topRight() + QPointF(-8, 8)).toPoint();
    QTest::mouseClick(bench.plane(), Qt::LeftButton, {}, corner);
    QCOMPARE(edits.size(), 0);
    QCOMPARE(bench.failures.size(), 2);
    QVERIFY(bench.failures.back().front().toString().contains(QStringLiteral("two features")));
}

void TestSvmLab::manyRowsAreSampled() {
    Progress progress;
    const auto dataset = *loadData(
        {GeneratorSource{QStringLiteral("moons"), {{"n", std::int64_t{100'000}}}, 3}, {}}, progress);
    Bench bench(dataset, {{"most", std::int64_t{1000}}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    QString words = bench.lab.dataInWords();
    words.remove(QChar(0x2009));
    QVERIFY2(words.contains(QStringLiteral("1000 of 100000 rows, drawn at random")), qPrintable(words));
    QCOMPARE(svmRowsOf(bench.lab.resultAsCsv()).size(), std::size_t{1000});
    QVERIFY(bench.plane()->isEditable());
    // A point more: all of the sample stays, and no point is drawn out again.
    connect(&bench.lab, &Lab::dataEdited, &bench.lab, &Lab::editData);
    const auto points =
        std::make_shared<const CanvasPoints>(added(bench.plane()->points(), {QPointF(9, 9)}, 0));
    Q_EMIT bench.plane()->edited(points, false);
    bench.lab.waitForViews();
    QCOMPARE(bench.plane()->points().x, points->x);
    QVERIFY(!bench.lab.dataInWords().contains(QStringLiteral("drawn at random")));
    QVERIFY(bench.lab.dataset()->table->provenance.starts_with("1000 of 100000 rows of "));
    // More than a hand can be followed with: said, and nothing else.
    Bench many(dataset, {{"most", std::int64_t{6000}}});
    many.plane()->add({QPointF(9, 9)}, false);
    QVERIFY2(many.said().contains(QStringLiteral("5000 points")), qPrintable(many.said()));
    QCOMPARE(many.plane()->points().size(), std::size_t{6000});
}

void TestSvmLab::regressionAndOneClass() {
    Bench line(cells(QStringLiteral("x,y\n0,1\n1,3\n2,5\n3,7\n4,9\n"), "y"),
               {{"problem", std::string("eps-svr")},
                {"kernel", std::string("linear")},
                {"c", 1000.0},
                {"epsilon", 0.01},
                {"standardise", false}});
    QVERIFY2(line.failures.isEmpty(), qPrintable(line.said()));
    const auto* picture = line.plane()->picture();
    QVERIFY(picture->kind == svmview::PlaneKind::Regression);
    for (const QPointF& at : picture->boundary[0])
        QVERIFY(std::abs(at.y() - (1.0 + 2.0 * at.x())) < 0.03);
    // One row of numbers as the target, opened while the lab classifies: it regresses.
    Progress progress;
    const auto diabetes = *loadData({BuiltinSource{QStringLiteral("diabetes")}, {}}, progress);
    QVERIFY(line.lab.setDataset(diabetes));
    line.lab.waitForViews();
    QVERIFY(line.failures.isEmpty());
    const auto rings =
        *loadData({GeneratorSource{QStringLiteral("rings"), {{"n", std::int64_t{100}}}, 3}, {}}, progress);
    QVERIFY(line.lab.setDataset(rings));
    line.lab.waitForViews();
    QVERIFY2(line.failures.isEmpty(), qPrintable(line.said()));
    QCOMPARE(line.lab.parameters().at("problem"), ParameterValue(std::string("c-svc")));

    Bench outliers(rings, {{"problem", std::string("one-class")}, {"nu", 0.1}});
    QVERIFY2(outliers.failures.isEmpty(), qPrintable(outliers.said()));
    const auto* shape = outliers.plane()->picture();
    QVERIFY(shape->wrong <= 12 && shape->supportVectors >= 10);
}

// A target of classes is no number: the vertical column is predicted, and edits keep the classes.
void TestSvmLab::regressionBesideClasses() {
    Bench bench(cells(QStringLiteral("x1,x2,class\n0,1,A\n1,3,B\n2,5,A\n3,7,B\n4,9,A\n"), "class"),
                {{"problem", std::string("eps-svr")},
                 {"kernel", std::string("linear")},
                 {"c", 1000.0},
                 {"epsilon", 0.01},
                 {"standardise", false}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto* picture = bench.plane()->picture();
    QVERIFY(picture->kind == svmview::PlaneKind::Regression);
    for (const QPointF& at : picture->boundary[0])
        QVERIFY(std::abs(at.y() - (1.0 + 2.0 * at.x())) < 0.03);
    Dataset edited;
    connect(&bench.lab, &Lab::dataEdited, this, [&](const auto& dataset) { edited = dataset; });
    auto points = std::make_shared<CanvasPoints>(bench.plane()->points());
    points->y[0] = 1.5;
    Q_EMIT bench.plane()->edited(points, false);
    QVERIFY(edited);
    QCOMPARE(edited->roles.target, std::string("class"));
    QCOMPARE(edited->table->columns[2].categorical().codes, (std::vector<std::int32_t>{0, 1, 0, 1, 0}));
    QCOMPARE(edited->table->columns[1].numeric().values[0], 1.5);
    // The same column twice predicts nothing.
    Bench twice(cells(QStringLiteral("x1,x2,class\n0,1,A\n1,3,B\n"), "class"),
                {{"problem", std::string("eps-svr")}, {"y", std::string("x1")}});
    QVERIFY(twice.said().contains(QStringLiteral("two different columns")));
}

void TestSvmLab::rolesAndColumnsOfANewFile() {
    const QString csv = QStringLiteral("a,b,kind\n1,2,u\n2,3,v\n3,4,u\n4,5,v\n5,6,u\n6,7,v\n7,8,u\n");
    data::Dataset file = *cells(csv);
    file.roles = {};
    const auto proposal = classRoles(file);
    QVERIFY(proposal);
    QCOMPARE(proposal->roles.target, std::string("kind"));
    QVERIFY(proposal->sentence.contains(QStringLiteral("kind")));
    // Classes that are found as they are, numbers without classes, and a choice that somebody made stay.
    file.roles.target = "b";
    QVERIFY(!classRoles(file));
    QVERIFY(!classRoles(*cells(QStringLiteral("a,kind,class\n1,u,A\n2,v,B\n"))));
    QVERIFY(!classRoles(*cells(QStringLiteral("a,b\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n"))));
    // The first picture is of columns that are not the same everywhere.
    Bench bench(cells(QStringLiteral("p,q,r,s,class\n0,1,0,2,A\n0,2,0,2,B\n0,3,0,1,A\n"), "class"), {});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    QVERIFY2(bench.lab.dataInWords().contains(QStringLiteral("s over q")),
             qPrintable(bench.lab.dataInWords()));
}

QTEST_MAIN(TestSvmLab)
#include "tst_svm_lab.moc"
