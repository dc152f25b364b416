#include "widgets/data/sqlite_reader.h"

#include "core/data/table_tools.h"
#include "widgets/data/sqlite_columns.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

namespace orrery {

namespace {

constexpr qint64 kRowsBetweenLooks = 1024;

tl::unexpected<Error> failed(const QString& path, const QString& what, ErrorCode code = ErrorCode::BadInput) {
    return fail(QStringLiteral("%1: %2").arg(QFileInfo(path).fileName(), what).toStdString(), code);
}

tl::unexpected<Error> cancelled(const QString& path) {
    return failed(path, QStringLiteral("reading was cancelled"), ErrorCode::Cancelled);
}

/// SQLite's own words, without Qt's frame around them.
QString sqlMessage(const QSqlError& error) {
    const QString text = error.databaseText().trimmed();
    return text.isEmpty() ? error.driverText().trimmed() : text;
}

/// `near "FORM": syntax error` and `no such column: agee` name a word; where it stands in the query, if there
/// is only one place.
QString positionIn(const QString& query, const QString& message) {
    static const QRegularExpression kWord(
        QStringLiteral("near \"([^\"]+)\"|no such (?:column|function): (\\S+)"));
    const auto match = kWord.match(message);
    if (!match.hasMatch()) return {};
    const QString word = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    const QRegularExpression whole(QStringLiteral("(?<!\\w)%1(?!\\w)").arg(QRegularExpression::escape(word)));
    const auto first = whole.match(query);
    if (!first.hasMatch() || whole.match(query, first.capturedEnd()).hasMatch()) return {};
    return QStringLiteral(" at character %1").arg(first.capturedStart() + 1);
}

/// Open while it lives; the connection's name is taken back when it ends.
class Connection {
  public:
    explicit Connection(const QString& path)
        : m_name(QUuid::createUuid().toString())
        , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name)) {
        m_database.setDatabaseName(path);
        m_database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=2000"));
        m_database.open();
    }
    ~Connection() {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }
    [[nodiscard]] QString problem() const { return sqlMessage(m_database.lastError()); }
    [[nodiscard]] QSqlQuery query() const {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        return query;
    }
    [[nodiscard]] QString quoted(const QString& identifier) const {
        return QLatin1Char('"') + QString(identifier).replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
               QLatin1Char('"');
    }

  private:
    QString m_name;
    QSqlDatabase m_database;
};

std::vector<SqliteColumn> columnsOf(const QSqlRecord& record) {
    std::vector<std::string> names;
    for (int i = 0; i < record.count(); ++i)
        names.push_back(record.fieldName(i).toStdString());
    data::makeNamesUsable(names);
    std::vector<SqliteColumn> columns;
    columns.reserve(names.size());
    for (std::string& name : names)
        columns.emplace_back(std::move(name));
    return columns;
}

std::shared_ptr<const data::Table> tableOf(std::vector<SqliteColumn> columns, const QString& path,
                                           const QString& name, const QString& provenance, std::size_t rows) {
    auto table = std::make_shared<data::Table>();
    table->name = name.toStdString();
    table->provenance = QStringLiteral("%1, %2").arg(QFileInfo(path).fileName(), provenance).toStdString();
    table->rowCount = rows;
    for (SqliteColumn& column : columns)
        table->columns.push_back(column.take());
    return table;
}

/// All rows of a query that has been started. `expected` rows make the progress; 0 where unknown.
Expected<std::pair<std::vector<SqliteColumn>, std::size_t>> readRows(QSqlQuery& query, const QString& path,
                                                                     qint64 expected, Progress& progress) {
    std::vector<SqliteColumn> columns = columnsOf(query.record());
    qint64 rows = 0;
    while (query.next()) {
        for (int i = 0; i < int(columns.size()); ++i)
            if (!columns[std::size_t(i)].append(query.value(i)))
                return failed(path,
                              QStringLiteral("column “%1” holds binary data in row %2, which no lab can use; "
                                             "leave it out with a query")
                                  .arg(QString::fromStdString(columns[std::size_t(i)].name()))
                                  .arg(rows + 1),
                              ErrorCode::Unsupported);
        if (++rows % kRowsBetweenLooks != 0) continue;
        if (progress.isCancelled()) return cancelled(path);
        if (expected > 0) progress.setFraction(std::min(1.0, double(rows) / double(expected)));
    }
    if (query.lastError().isValid()) return failed(path, sqlMessage(query.lastError()));
    if (progress.isCancelled()) return cancelled(path);
    return std::pair{std::move(columns), std::size_t(rows)};
}

qint64 countRows(const Connection& connection, const QString& name) {
    QSqlQuery query = connection.query();
    if (!query.exec(QStringLiteral("SELECT COUNT(*) FROM %1").arg(connection.quoted(name))) || !query.next())
        return -1;
    return query.value(0).toLongLong();
}

/// Empty when sound.
QString openingProblem(const QString& path, const Connection& connection) {
    const QFileInfo info(path);
    if (!info.exists()) return QStringLiteral("there is no such file");
    if (!info.isReadable()) return QStringLiteral("the file may not be read");
    if (!isSqliteFile(path)) return QStringLiteral("this is not an SQLite database");
    return connection.isOpen() ? QString() : connection.problem();
}

} // namespace

bool isSqliteFile(const QString& path) {
    static const QByteArray kMagic("SQLite format 3\0", 16);
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(kMagic.size()) == kMagic;
}

Expected<std::vector<SqliteSource>> sqliteSources(const QString& path, Progress& progress) {
    const Connection connection(path);
    if (const QString problem = openingProblem(path, connection); !problem.isEmpty())
        return failed(path, problem);
    QSqlQuery query = connection.query();
    if (!query.exec(
            QStringLiteral("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') "
                           "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name COLLATE NOCASE")))
        return failed(path, sqlMessage(query.lastError()));
    std::vector<SqliteSource> sources;
    while (query.next())
        sources.push_back({query.value(0).toString(), query.value(1).toString() == QLatin1String("view"), 0});
    if (query.lastError().isValid()) return failed(path, sqlMessage(query.lastError()));
    for (SqliteSource& source : sources) {
        if (progress.isCancelled()) return cancelled(path);
        source.rows = countRows(connection, source.name);
    }
    if (sources.empty()) return failed(path, QStringLiteral("the database has no tables"));
    return sources;
}

data::TableResult readSqliteTable(const QString& path, const QString& table, Progress& progress) {
    const Connection connection(path);
    if (const QString problem = openingProblem(path, connection); !problem.isEmpty())
        return failed(path, problem);
    const qint64 expected = countRows(connection, table);
    QSqlQuery query = connection.query();
    if (!query.exec(QStringLiteral("SELECT * FROM %1").arg(connection.quoted(table))))
        return failed(path, sqlMessage(query.lastError()));
    auto read = readRows(query, path, expected, progress);
    if (!read) return tl::unexpected(read.error());
    return tableOf(std::move(read->first), path, table, QStringLiteral("table %1").arg(table), read->second);
}

data::TableResult readSqliteQuery(const QString& path, const QString& text, Progress& progress) {
    static const QRegularExpression kSelect(
        QStringLiteral("^\\s*(?:--[^\\n]*\\n\\s*)*(SELECT|WITH|VALUES)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    if (text.trimmed().isEmpty()) return failed(path, QStringLiteral("the query is empty"));
    if (!kSelect.match(text).hasMatch())
        return failed(path, QStringLiteral("a query begins with SELECT or WITH; nothing else is run"));
    const Connection connection(path);
    if (const QString problem = openingProblem(path, connection); !problem.isEmpty())
        return failed(path, problem);
    QSqlQuery query = connection.query();
    if (!query.exec(text)) {
        const QString message = sqlMessage(query.lastError());
        return failed(path, QStringLiteral("query%1: %2").arg(positionIn(text, message), message));
    }
    if (!query.isSelect())
        return failed(path, QStringLiteral("a query begins with SELECT or WITH; nothing else is run"));
    auto read = readRows(query, path, 0, progress);
    if (!read) return tl::unexpected(read.error());
    return tableOf(std::move(read->first), path, QFileInfo(path).completeBaseName(),
                   QStringLiteral("query %1").arg(text.simplified()), read->second);
}

} // namespace orrery
