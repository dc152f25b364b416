// Expressions, row filters, default roles and designs.
#include "core/data/builtins.h"
#include "core/data/dataset.h"
#include "core/data/expression.h"
#include "tests/core/data/table_text.h"

#include <QtTest>
#include <fmt/format.h>

using namespace orrery;
using namespace orrery::data;

namespace {

std::shared_ptr<const Table> read(std::string_view text) {
    const auto table = readText(text, "t.csv");
    return table ? *table : nullptr;
}

std::string formula(std::string_view text, double x = 0.5) {
    const auto parsed = Expression::parse(text, {{"x", false}}, ExpressionType::Number);
    if (!parsed) return parsed.error().message;
    return fmt::format("{}", parsed->number({.numbers = {&x, 1}, .texts = {}}));
}

const char* kPeople = "name,age,sex,height\nann,41,F,1.7\nbob,35,M,1.8\ncid,NA,M,1.9\ndot,50,F,\neve,62,,1.6\n";

std::string passing(const std::string& filter) {
    const auto rows = rowsPassing(*read(kPeople), filter);
    if (!rows) return rows.error().message;
    std::string out;
    for (const auto row : *rows) out += std::to_string(row);
    return out;
}

} // namespace

class TestDataset : public QObject {
    Q_OBJECT
  private slots:
    void formulas_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const std::pair<const char*, const char*> cases[] = {
            {"1 + 2*3", "7"}, {"2^3^2", "512"}, {"-2^2", "-4"}, {"(1+2)*3", "9"}, {"8/4/2", "1"}, {"7-4-2", "1"},
            {"2^-1", "0.5"}, {"--3", "3"}, {"x*2", "1"}, {"abs(-3) + sqrt(16)", "7"}, {"max(2, min(5, 3))", "3"},
            {"log(exp(2))", "2"}, {"cos(pi)", "-1"}, {"1e3 + .5", "1000.5"}, {"2**3", "8"},
            {"", "“”, character 1: a value is expected, not the end"},
            {"1 +", "“1 +”, character 4: a value is expected, not the end"},
            {"sin x", "“sin x”, character 1: there is no “sin”"},
            {"z + 1", "“z + 1”, character 1: there is no “z”"},
            {"foo(1)", "“foo(1)”, character 1: there is no function “foo”"},
            {"1 2", "“1 2”, character 3: nothing more is expected, not “2”"},
            {"x > 1", "“x > 1”, character 1: a number is expected, not true or false"},
            {"1.2.3", "“1.2.3”, character 1: “1.2.3” is not a number"},
            {"'a", "“'a”, character 1: the quote that opens here is never closed"},
            {"x # 2", "“x # 2”, character 3: “#” has no meaning here"},
            {"é + 1", "“é + 1”, character 1: there is no “é”"},
        };
        for (const auto& [text, value] : cases) QTest::newRow(text) << text << value;
    }
    void formulas() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(QString::fromStdString(formula(text.toStdString())), value);
    }

    void deepNestingIsRefused() {
        QVERIFY(formula(std::string(5000, '(')).ends_with("this is nested too deeply"));
        QVERIFY(formula(std::string(5000, '-') + "1").ends_with("this is nested too deeply"));
        QCOMPARE(formula(std::string(100, '(') + "1" + std::string(100, ')')), std::string("1"));
    }

    void filters_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("rows");
        const std::pair<const char*, const char*> cases[] = {
            {"", "01234"}, {"age > 40", "034"}, {"age > 40 and sex == \"F\"", "03"}, {"sex = 'M' or age >= 62", "124"},
            {"not sex == 'F'", "124"}, {"sex != 'F'", "12"}, {"missing(age)", "2"}, {"!missing(height) && age < 50", "01"},
            {"height * 100 > 165 and `age` != 35", "0"},
            {"age > 100", "no row of t.csv passes the filter “age > 100”"},
            {"age", "“age”, character 1: true or false is expected, not a number"},
            {"sex > 'F'", "“sex > 'F'”, character 5: text can only be compared with == and !="},
            {"age == 'F'", "“age == 'F'”, character 5: a number is expected, not text"},
            {"age > 40 and", "“age > 40 and”, character 13: a value is expected, not the end"},
            {"weight > 3", "“weight > 3”, character 1: there is no “weight”"},
        };
        for (const auto& [filter, rows] : cases) QTest::newRow(filter) << filter << rows;
    }
    void filters() {
        QFETCH(QString, filter);
        QFETCH(QString, rows);
        QCOMPARE(QString::fromStdString(passing(filter.toStdString())), rows);
    }

    void roles() {
        QCOMPARE(defaultRoles(**loadBuiltin("diabetes")).target, std::string("target"));
        QCOMPARE(defaultRoles(*read("y,a\n1,2\n")).target, std::string("y"));
        const auto roles = defaultRoles(*read("id,a,b,word\n1,2,3,x\n"));
        QCOMPARE(roles.target, std::string("b"));
        QCOMPARE(roles.features, (std::vector<std::string>{"a", "word"}));
    }

    void designOfDiabetes() {
        const auto design = designOf({.table = *loadBuiltin("diabetes")});
        QVERIFY(design);
        const auto& x = std::get<DenseMatrix>(design->x);
        QCOMPARE(x.rows(), 442);
        QCOMPARE(x.cols(), 10);
        QCOMPARE(x(0, 2), 32.1);
        QCOMPARE(design->y[0], 151.0);
        QCOMPARE(design->names[2], std::string("bmi"));
    }

    void designCodesLevelsAndDropsMissing() {
        const auto design = designOf({.table = read(kPeople), .roles = {"age", {"sex", "height"}}});
        QVERIFY(design);
        QCOMPARE(design->names, (std::vector<std::string>{"sex=M", "height"}));
        QCOMPARE(design->rows, (std::vector<std::size_t>{0, 1}));
        QCOMPARE(design->droppedForMissing, std::size_t{3});
        const auto& x = std::get<DenseMatrix>(design->x);
        QCOMPARE(x(0, 0), 0.0);
        QCOMPARE(x(1, 0), 1.0);
    }

    void numbersAsCodes() {
        const auto design =
            designOf({.table = read("y,g\n1,10\n2,30\n3,20\n4,10\n"), .roles = {"y", {"g"}}, .asCategory = {"g"}});
        QCOMPARE(design->names, (std::vector<std::string>{"g=20", "g=30"}));
        QCOMPARE(std::get<DenseMatrix>(design->x).col(1), Eigen::Vector4d(0, 1, 0, 0));
    }

    void sampleIsASubsetInOrder() {
        Dataset data{.table = *loadBuiltin("diabetes"), .rowFilter = "age > 40", .sample = RowSample{50, 7}};
        const auto a = designOf(data), b = designOf(data);
        QCOMPARE(a->rows, b->rows);
        QCOMPARE(a->rows.size(), std::size_t{50});
        QVERIFY(std::is_sorted(a->rows.begin(), a->rows.end()));
        data.sample->seed = 8;
        QVERIFY(designOf(data)->rows != a->rows);
    }

    void anotherTargetTakesTheDefaultOnesPlace() {
        const auto design = designOf({.table = *loadBuiltin("diabetes"), .roles = {"bmi", {}}});
        QCOMPARE(design->names.size(), std::size_t{10});
        QCOMPARE(design->names.back(), std::string("target"));
    }

    void refusals() {
        const auto table = *loadBuiltin("iris");
        QCOMPARE(designOf({.table = table, .roles = {"nope", {}}}).error().message,
                 std::string("iris has no column named “nope”"));
        QVERIFY(!designOf({.table = table, .roles = {"species", {"species"}}}));
        QVERIFY(!designOf({}));
    }

    void summaries() {
        const auto summary = summarize(*read(kPeople));
        QCOMPARE(summary[1].missing, std::size_t{1});
        QCOMPARE(summary[1].mean, 47.0);
        QVERIFY(std::abs(summary[1].standardDeviation - std::sqrt((36.0 + 144 + 9 + 225) / 3)) < 1e-12);
        QCOMPARE(summary[2].levels, (std::vector<std::pair<std::string, std::size_t>>{{"F", 2}, {"M", 2}}));
        const auto picked = selectRows(*read(kPeople), {4, 0});
        QCOMPARE(picked->columns[1].numeric().values, (std::vector<double>{62, 41}));
    }
};

QTEST_APPLESS_MAIN(TestDataset)
#include "tst_dataset.moc"
