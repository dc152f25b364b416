// SQLite files, small ones made here, to tables.
#include "widgets/data/sqlite_reader.h"

#include "core/data/table_tools.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>
#include <thread>

using namespace orrery;

namespace {

void fill(const QString& path, const QStringList& statements) {
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("filling"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        for (const QString& statement : statements)
            QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("filling"));
}

QString message(const data::TableResult& result) {
    return result ? QStringLiteral("(no error)") : QString::fromStdString(result.error().message);
}

} // namespace

class TestSqliteReader : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_path;
    Progress m_progress;

  private Q_SLOTS:
    void initTestCase() {
        m_path = m_folder.filePath(QStringLiteral("people.dat"));
        fill(m_path,
             {QStringLiteral(
                  "CREATE TABLE people (age INTEGER, height REAL, sex TEXT, code TEXT, \"two words\" TEXT)"),
              QStringLiteral("INSERT INTO people VALUES (41, 1.75, 'F', '007', '1'), (NULL, 1.62, 'M', '12', "
                             "'2.5'), (29, NULL, NULL, 'x', 'NA')"),
              QStringLiteral("CREATE VIEW adults AS SELECT age, sex FROM people WHERE age > 30"),
              QStringLiteral("CREATE TABLE pictures (id INTEGER, data BLOB)"),
              QStringLiteral("INSERT INTO pictures VALUES (1, NULL), (2, x'00ff')")});
    }

    void magicDecidesNotTheName() {
        QVERIFY(isSqliteFile(m_path));
        QFile text(m_folder.filePath(QStringLiteral("text.sqlite")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("SQLite format 2, a,b\n1,2\n");
        text.close();
        QVERIFY(!isSqliteFile(text.fileName()));
        QVERIFY(!isSqliteFile(m_folder.filePath(QStringLiteral("absent.sqlite"))));
        QCOMPARE(message(readSqliteTable(text.fileName(), QStringLiteral("people"), m_progress)),
                 QStringLiteral("text.sqlite: this is not an SQLite database"));
        QCOMPARE(message(readSqliteTable(m_folder.filePath(QStringLiteral("absent.sqlite")),
                                         QStringLiteral("people"), m_progress)),
                 QStringLiteral("absent.sqlite: there is no such file"));
        QVERIFY2(!QFile::exists(m_folder.filePath(QStringLiteral("absent.sqlite"))),
                 "opening for reading must not create a file");
    }

    void listsTablesAndViewsWithRows() {
        const auto sources = sqliteSources(m_path, m_progress);
        QVERIFY(sources);
        QCOMPARE(sources->size(), 3u);
        QCOMPARE((*sources)[0].name, QStringLiteral("adults"));
        QVERIFY((*sources)[0].isView);
        QCOMPARE((*sources)[0].rows, 1);
        QCOMPARE((*sources)[1].name, QStringLiteral("people"));
        QVERIFY(!(*sources)[1].isView);
        QCOMPARE((*sources)[1].rows, 3);
    }

    void typesAndMissing() {
        const auto table = readSqliteTable(m_path, QStringLiteral("people"), m_progress);
        QVERIFY2(table.has_value(), qPrintable(message(table)));
        QCOMPARE((*table)->rows(), 3u);
        QCOMPARE((*table)->columns.size(), 5u);
        const auto& columns = (*table)->columns;
        QVERIFY(columns[0].isNumeric());
        QCOMPARE(columns[0].numeric().values[0], 41.0);
        QVERIFY(std::isnan(columns[0].numeric().values[1]));
        QCOMPARE(columns[1].missingCount(), 1u);
        QVERIFY(!columns[2].isNumeric());
        QCOMPARE(columns[2].categorical().codes, (std::vector<std::int32_t>{0, 1, -1}));
        // A number in the text of a column that turns out to be one of codes keeps its spelling.
        QCOMPARE(columns[3].categorical().levels, (std::vector<std::string>{"007", "12", "x"}));
        // Text that is numbers throughout is numbers, as in a text file.
        QVERIFY(columns[4].isNumeric());
        QCOMPARE(columns[4].name, std::string("two words"));
        QCOMPARE(columns[4].numeric().values[1], 2.5);
        QCOMPARE(columns[4].missingCount(), 1u);
        QCOMPARE((*table)->provenance, std::string("people.dat, table people"));
    }

    void queries() {
        const auto table = readSqliteQuery(
            m_path, QStringLiteral("SELECT age, age * 2 AS double FROM people WHERE age > 30;"), m_progress);
        QVERIFY2(table.has_value(), qPrintable(message(table)));
        QCOMPARE((*table)->rows(), 1u);
        QCOMPARE((*table)->columns[1].name, std::string("double"));
        QCOMPARE((*table)->columns[1].numeric().values[0], 82.0);
        const auto joined = readSqliteQuery(
            m_path, QStringLiteral("WITH a AS (SELECT 1 AS x) SELECT x, x FROM a"), m_progress);
        QVERIFY(joined);
        QVERIFY((*joined)->columns[0].name != (*joined)->columns[1].name);
    }

    void brokenQueries_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("syntax") << "SELECT age FORM people WHERE"
                                << "people.dat: query";
        QTest::newRow("near") << "SELECT age FROM people WERE height > 3"
                              << "people.dat: query at character 29: near \"height\": syntax error";
        QTest::newRow("column") << "SELECT agee FROM people"
                                << "people.dat: query at character 8: no such column: agee";
        QTest::newRow("writes") << "DELETE FROM people"
                                << "people.dat: a query begins with SELECT or WITH; nothing else is run";
        QTest::newRow("writes in the end") << "WITH a AS (SELECT 1) DELETE FROM people"
                                           << "people.dat: ";
        QTest::newRow("two") << "SELECT 1; DELETE FROM people"
                             << "people.dat: ";
        QTest::newRow("empty") << "  "
                               << "people.dat: the query is empty";
        QTest::newRow("blob") << "SELECT * FROM pictures"
                              << "people.dat: column “data” holds binary data in row 2";
    }

    void brokenQueries() {
        QFETCH(QString, query);
        QFETCH(QString, sentence);
        const auto table = readSqliteQuery(m_path, query, m_progress);
        QVERIFY(!table);
        if (!message(table).startsWith(sentence)) QCOMPARE(message(table), sentence);
        QVERIFY(!message(table).contains(QLatin1Char('\n')));
        const auto people = sqliteSources(m_path, m_progress);
        QCOMPARE((*people)[1].rows, 3);
    }

    void damagedFileSaysSo() {
        const QString path = m_folder.filePath(QStringLiteral("damaged.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("SQLite format 3\0", 16) + QByteArray(4000, 'x'));
        file.close();
        const auto sources = sqliteSources(path, m_progress);
        QVERIFY(!sources);
        QVERIFY(QString::fromStdString(sources.error().message).startsWith(QStringLiteral("damaged.db: ")));
    }

    void cancelsBetweenRows() {
        const QString many = QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                            "WHERE i < 100000000) SELECT i FROM n");
        Progress progress;
        std::jthread canceller([&progress] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            progress.cancel();
        });
        const auto table = readSqliteQuery(m_path, many, progress);
        QVERIFY(!table);
        QVERIFY(table.error().code == ErrorCode::Cancelled);
    }

    void leavesNoConnectionBehind() {
        (void)readSqliteTable(m_path, QStringLiteral("people"), m_progress);
        std::jthread([this] { (void)readSqliteTable(m_path, QStringLiteral("nothing"), m_progress); }).join();
        QVERIFY(QSqlDatabase::connectionNames().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSqliteReader)
#include "tst_sqlite_reader.moc"
