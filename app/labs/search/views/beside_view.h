// Two searches of the same tree or maze, step for step: side by side where there is width, else one above the
// other.
#pragma once

#include "app/labs/search/views/search_panel.h"

namespace orrery {

class BesideView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit BesideView(QWidget* parent = nullptr);

    void showStates(const std::shared_ptr<const SearchRun>& run, const SearchesState& states, bool animate);
    [[nodiscard]] SearchPanel* panel(std::size_t i) const { return m_panels[i]; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void place();
    [[nodiscard]] bool isWide() const { return width() > height() * 0.9; }

    Theme m_theme = Theme::light();
    std::array<SearchPanel*, 2> m_panels;
};

} // namespace orrery
