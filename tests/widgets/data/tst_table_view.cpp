// The model and the view of a table's rows; what is pasted and dropped; how numbers are written.
#include "core/data/builtins.h"
#include "widgets/data/clipboard_data.h"
#include "widgets/data/column_facts.h"
#include "widgets/data/table_text.h"
#include "widgets/data/table_view.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>
#include <QtTest>
#include <numeric>

using namespace orrery;

namespace {

std::shared_ptr<data::Table> smallTable() {
    auto table = std::make_shared<data::Table>();
    table->name = "small";
    table->columns.push_back({"x", data::NumericColumn{{1.5, std::nan(""), -0.25, 1234567.0}}});
    table->columns.push_back({"colour", data::CategoricalColumn{{0, 1, -1, 0}, {"red", "green"}}});
    table->rowCount = 4;
    data::SparseBlock block{.values = Eigen::SparseMatrix<double, Eigen::ColMajor, int>(4, 2),
                            .names = {"1", "2"}};
    block.values.insert(2, 1) = 7.5;
    block.values.makeCompressed();
    table->sparse = std::move(block);
    return table;
}

std::shared_ptr<const data::Table> longTable(std::size_t rows) {
    auto table = std::make_shared<data::Table>();
    table->columns.push_back({"x", data::NumericColumn{std::vector<double>(rows, 0.5)}});
    table->rowCount = rows;
    return table;
}

} // namespace

class TestTableView : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void modelKeepsItsPromises() {
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(smallTable());
        model.setHighlightedRows({1, 3, 17});
        model.setTheme(Theme::dark());
        model.setTable(smallTable(),
                       std::make_shared<const std::vector<std::size_t>>(std::vector<std::size_t>{3, 0}));
        model.setTable(*data::loadBuiltin("iris"));
        model.setTable(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void cellsAndHeaders() {
        TableModel model;
        model.setTable(smallTable());
        model.setTarget(QStringLiteral("x"));
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(text(0, 0), QStringLiteral("1.5"));
        QCOMPARE(text(2, 0), QStringLiteral("−0.25"));
        QCOMPARE(text(3, 0), QStringLiteral("1\u2009234\u2009567"));
        QCOMPARE(text(1, 0), QStringLiteral("–"));
        QVERIFY(model.index(1, 0).data(TableModel::IsMissingRole).toBool());
        QVERIFY(model.index(1, 0).data(Qt::ForegroundRole) != model.index(0, 0).data(Qt::ForegroundRole));
        QCOMPARE(text(1, 1), QStringLiteral("green"));
        QCOMPARE(text(2, 1), QStringLiteral("–"));
        QCOMPARE(text(2, 3), QStringLiteral("7.5"));
        QCOMPARE(text(1, 3), QStringLiteral("0"));
        QVERIFY(model.index(0, 0).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QVERIFY(model.index(0, 1).data(Qt::TextAlignmentRole).toInt() & Qt::AlignLeft);
        QCOMPARE(model.headerData(0, Qt::Horizontal, TableModel::TypeRole).toString(),
                 QStringLiteral("target, number"));
        QCOMPARE(model.headerData(1, Qt::Horizontal, TableModel::TypeRole).toString(),
                 QStringLiteral("2 levels"));
        QCOMPARE(model.headerData(0, Qt::Vertical).toInt(), 1);
        model.setTable(smallTable(),
                       std::make_shared<const std::vector<std::size_t>>(std::vector<std::size_t>{3, 0}));
        QCOMPARE(model.headerData(0, Qt::Vertical).toInt(), 4);
        QCOMPARE(text(1, 0), QStringLiteral("1.5"));
    }

    void aMillionRowsCostNothing() {
        const auto table = longTable(1'000'000);
        TableView view;
        view.resize(400, 300);
        view.show();
        QElapsedTimer clock;
        clock.start();
        view.setTable(table);
        view.grab();
        view.scrollToBottom();
        view.grab();
        // Copying or measuring every row would take far longer; the limit is loose.
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(view.tableModel()->rowCount(), 1'000'000);
    }

    void selectionSpeaksInTableRows() {
        TableView view;
        view.setTable(smallTable(),
                      std::make_shared<const std::vector<std::size_t>>(std::vector<std::size_t>{3, 0, 2}));
        QSignalSpy spy(&view, &TableView::rowsSelected);
        view.selectRow(0);
        QCOMPARE(spy.last().first().value<std::vector<int>>(), std::vector<int>{3});
        view.selectAll();
        QCOMPARE(spy.last().first().value<std::vector<int>>(), (std::vector<int>{0, 2, 3}));
        view.show();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(spy.last().first().value<std::vector<int>>().empty());
    }

    void highlightScrollsIntoSight() {
        TableView view;
        view.resize(300, 200);
        view.show();
        view.setTable(longTable(5000));
        view.setHighlightedRows({4000});
        QVERIFY(view.tableModel()->index(4000, 0).data(TableModel::IsHighlightedRole).toBool());
        QVERIFY(view.viewport()->rect().intersects(view.visualRect(view.tableModel()->index(4000, 0))));
        view.setHighlightedRows({});
        QVERIFY(!view.tableModel()->index(4000, 0).data(TableModel::IsHighlightedRole).toBool());
    }

    void numbersAreWrittenWell_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << "0";
        QTest::newRow("plain") << 12345.0 << "12345";
        QTest::newRow("grouped") << 123456.0 << "123\u2009456";
        QTest::newRow("negative") << -1234567.0 << "−1\u2009234\u2009567";
        QTest::newRow("small") << 1.25e-9 << "1.25e−9";
        QTest::newRow("large") << 2.5e30 << "2.5e30";
        QTest::newRow("missing") << std::nan("") << "–";
        QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << "−∞";
    }

    void numbersAreWrittenWell() {
        QFETCH(double, value);
        QTEST(spokenNumber(value), "text");
    }

    void wholeNumbersFillTheirBinsEvenly() {
        std::vector<double> values;
        for (int i = 0; i < 60; ++i)
            values.push_back(i);
        const auto bars = histogramOf(values, 0, 59);
        QCOMPARE(bars, std::vector<double>(20, 1.0));
        QCOMPARE(histogramOf({2007, 2008, 2009, 2009}, 2007, 2009), (std::vector<double>{0.5, 0.5, 1.0}));
        const auto extremes =
            histogramOf({-std::numeric_limits<double>::max(), 0.5, std::numeric_limits<double>::max()},
                        -std::numeric_limits<double>::max(), std::numeric_limits<double>::max());
        QCOMPARE(extremes.size(), kHistogramBars);
        QCOMPARE(std::accumulate(extremes.begin(), extremes.end(), 0.0), 3.0);
    }

    void clipboard() {
        QMimeData cells;
        cells.setText(QStringLiteral("a\tb\n1\t2\n"));
        cells.setHtml(QStringLiteral("<table><tr><td>other</td></tr></table>"));
        QCOMPARE(textFromClipboard(cells), QStringLiteral("a\tb\n1\t2\n"));
        QMimeData csv;
        csv.setData(QStringLiteral("text/csv"), "x;y\n1;2\n");
        QCOMPARE(textFromClipboard(csv), QStringLiteral("x;y\n1;2\n"));
        QMimeData html;
        html.setHtml(QStringLiteral(
            "<p>Table 1</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td> 2 </td></tr></table>"));
        QCOMPARE(textFromClipboard(html), QStringLiteral("a\tb\n1\t2\n"));
        QMimeData picture;
        picture.setData(QStringLiteral("image/png"), "not text");
        QVERIFY(textFromClipboard(picture).isEmpty());
    }

    void dropsAreLocalFiles() {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a b.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file.fileName()), QUrl(QStringLiteral("https://example.org/x.csv")),
                      QUrl::fromLocalFile(folder.path()),
                      QUrl::fromLocalFile(folder.filePath(QStringLiteral("absent.csv")))});
        QCOMPARE(pathsFromDrop(mime), QStringList{file.fileName()});
        QVERIFY(textFromClipboard(mime).isEmpty());
    }
};

QTEST_MAIN(TestTableView)
#include "tst_table_view.moc"
