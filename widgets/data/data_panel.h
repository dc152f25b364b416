// The page of data: where data come from at the left; at the right the rows of the data set that is open, or
// the generator that is being set up. It asks and shows; the window reads, and keeps the list of recent
// files.
#pragma once

#include "core/data/dataset.h"
#include "widgets/data/generator_panel.h"
#include "widgets/data/source_list.h"

class QPushButton;
class QStackedLayout;

namespace orrery {

class TableView;

class DataPanel final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit DataPanel(QWidget* parent = nullptr);

    /// The data set that is open. `rows`: those that the lab uses, empty pointer for all of the table.
    void setDataset(const data::Dataset& dataset, std::shared_ptr<const std::vector<std::size_t>> rows = {});
    /// What the list marks as open.
    void setCurrentSource(SourceList::Kind kind, const QString& id);
    void setRecentFiles(const QStringList& paths);
    [[nodiscard]] QStringList recentFiles() const { return m_recent; }
    void addRecentFile(const QString& path);
    /// Brushed in another view: indices in the table.
    void setHighlightedRows(const std::vector<int>& tableRows);

    void showRows();
    void showGenerator(const QString& id);
    [[nodiscard]] GeneratorPanel* generatorPanel() const { return m_generator; }
    [[nodiscard]] SourceList* sources() const { return m_sources; }
    [[nodiscard]] TableView* table() const { return m_table; }
    [[nodiscard]] bool isShowingGenerator() const;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(360), m_theme.px(480)}; }

  Q_SIGNALS:
    void builtinRequested(const QString& id);
    void fileRequested(const QString& path);
    void openRequested();
    void pasteRequested();
    void generatorAccepted(const QString& id, const orrery::ParameterValues& values, quint64 seed);
    void rowsSelected(std::vector<int> tableRows);
    void recentFilesChanged(const QStringList& paths);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* makeSources();
    void choose(SourceList::Kind kind, const QString& id);
    void arrange();

    Theme m_theme = Theme::light();
    QStringList m_recent;
    SourceList* m_sources = nullptr;
    Card* m_sourceCard;
    Card* m_rowsCard;
    QWidget* m_right;
    QStackedLayout* m_pages;
    TableView* m_table;
    GeneratorPanel* m_generator;
    QPushButton* m_open = nullptr;
    QPushButton* m_paste = nullptr;
};

} // namespace orrery
