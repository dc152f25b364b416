// Which rows are kept: a typed filter with its error beneath it and the live count, and a sample with a
// visible seed.
#pragma once

#include "widgets/data/import_outcome.h"
#include "widgets/data/pieces.h"

class QCheckBox;

namespace orrery {

class RowChoices final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit RowChoices(QWidget* parent = nullptr);

    void setTotal(std::size_t rows);
    /// Filter and sample as they stand in `dataset`.
    void show(const data::Dataset& dataset);
    void writeTo(data::Dataset& dataset) const;
    /// The count, or the sentence that says what is wrong with the filter.
    void showOutcome(const ImportOutcome& outcome);
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    void changed();

  private:
    EntryField* m_filter;
    ThemedLabel* m_count;
    QCheckBox* m_sampled;
    EntryField* m_size;
    ThemedLabel* m_seedLabel;
    SeedEntry* m_seed;
    std::size_t m_total = 0;
};

} // namespace orrery
