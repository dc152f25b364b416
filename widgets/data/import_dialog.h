// The import preview: what a file holds, what of it is wanted, and what will happen, in words, before it
// happens.
//
// Reading and everything that looks at rows runs on worker threads. A file that cannot be read says so in one
// sentence; what was open before stays.
#pragma once

#include "widgets/data/columns_card.h"
#include "widgets/data/import_loader.h"
#include "widgets/data/import_outcome.h"

#include <QDialog>

class QFileDialog;
class QPushButton;
class QStackedLayout;

namespace orrery {

class Card;
class ImportOptions;
class LoadingPage;
class RowChoices;
class TableView;

class ImportDialog final : public QDialog, public Themed {
    Q_OBJECT
  public:
    explicit ImportDialog(QWidget* parent = nullptr);

    void openPath(const QString& path);
    /// Pasted cells.
    void openText(const QString& text);
    /// What is open, with the choices about it as they stand.
    void openAgain(ImportSource source, data::Dataset choices);
    /// The roles to begin with, where nothing has been chosen, and whether the choices can be used: asked on
    /// a worker thread, one sentence if not.
    void setRules(std::function<data::Roles(const std::shared_ptr<const data::Table>&)> roles,
                  std::function<Expected<void>(const data::Dataset&)> usable);
    /// A file dialog that does not block.
    void chooseFile();

    [[nodiscard]] bool isLoading() const { return m_loader.isLoading(); }
    /// There is a table and the choices about it have been worked out.
    [[nodiscard]] bool isReady() const;
    /// The table with the choices as they stand.
    [[nodiscard]] data::Dataset dataset() const;
    [[nodiscard]] const ImportSource& source() const { return m_source; }
    /// The sentence about the last thing that could not be read; empty when there is none.
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] QString outcomeSentence() const;
    [[nodiscard]] ColumnModel* columns() const { return m_columnsPanel->columns(); }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(1280), m_theme.px(780)}; }

  Q_SIGNALS:
    /// Accepted: the table with its choices, and where and how it was read.
    void imported(const orrery::data::Dataset& dataset, const orrery::ImportSource& source);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    QWidget* makeHeader();
    QWidget* makeBody();
    QWidget* makeFooter();
    void read(ImportSource source);
    void showLoad(const std::shared_ptr<const ImportLoad>& load);
    void showFailure(const QString& sentence);
    void backToWhatWas();
    void choicesChanged();
    void showOutcome(const ImportOutcome& outcome);
    void showWords(const QString& words, bool sound);
    void accept() override;
    void reject() override;

    Theme m_theme = Theme::light();
    ImportSource m_source;   ///< what is shown
    ImportSource m_reading;  ///< what is being read
    data::Dataset m_choices; ///< to begin with, about what is being read
    std::function<data::Roles(const std::shared_ptr<const data::Table>&)> m_roles;
    std::shared_ptr<const ImportLoad> m_load;
    bool m_sound = false;
    QString m_failure;

    ThemedLabel* m_title = nullptr;
    ThemedLabel* m_facts = nullptr;
    ThemedLabel* m_banner = nullptr;
    ImportOptions* m_options = nullptr;
    QStackedLayout* m_pages = nullptr;
    LoadingPage* m_loadingPage = nullptr;
    QWidget* m_preview = nullptr;
    Card* m_columnsCard = nullptr;
    Card* m_rowsCard = nullptr;
    Card* m_choiceCard = nullptr;
    ColumnsPanel* m_columnsPanel = nullptr;
    TableView* m_rows = nullptr;
    RowChoices* m_rowChoices = nullptr;
    ThemedLabel* m_outcome = nullptr;
    QPushButton* m_import = nullptr;
    QFileDialog* m_files = nullptr;
    OutcomeWatch m_watch;
    ImportLoader m_loader;
};

/// "Comma- or tab-separated (*.csv *.tsv);;…": what can be read, for a file dialog.
[[nodiscard]] QString importFileFilter();

} // namespace orrery
