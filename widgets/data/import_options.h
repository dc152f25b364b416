// How a file is read, in the import dialog: header and delimiter of a text, table or query of an SQLite file.
#pragma once

#include "widgets/data/import_loader.h"
#include "widgets/data/pieces.h"

class QPushButton;

namespace orrery {

class SoftCombo;

class ImportOptions final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ImportOptions(QWidget* parent = nullptr);

    /// Shows the fields that make sense for the source; `sources` for an SQLite file.
    void showFor(const ImportSource& source, bool isSqlite, const std::vector<SqliteSource>& sources);
    /// Writes the choices into `source`.
    void writeTo(ImportSource& source) const;
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    /// By hand: the source is to be read again.
    void changed();

  private:
    QWidget* makeTextFields();
    QWidget* makeSqliteFields();

    QWidget* m_textFields = nullptr;
    QWidget* m_sqliteFields = nullptr;
    SoftCombo* m_header = nullptr;
    SoftCombo* m_delimiter = nullptr;
    SoftCombo* m_table = nullptr;
    EntryField* m_query = nullptr;
    QPushButton* m_run = nullptr;
    bool m_queried = false; ///< the query was asked for last, not a table
};

} // namespace orrery
