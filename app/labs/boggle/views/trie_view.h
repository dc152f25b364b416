// The trie along the path: the nodes from the root to where the search stands, each with its children. Brass
// is the path, accent what the board can go on with, dim what no free neighbour shows; a ring is the end of a
// word.
#pragma once

#include "app/labs/boggle/views/board_moment.h"

namespace orrery::boggleview {

class TrieView final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit TrieView(QWidget* parent = nullptr);
    void setPicture(TriePicture picture);
    [[nodiscard]] const TriePicture& picture() const { return m_picture; }
    void setHighlightsChildren(bool on);
    [[nodiscard]] QString summary() const;
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Column {
        const std::vector<TrieChild>* children = nullptr;
        double x = 0;
        double step = 0;       ///< between two that are dim
        std::vector<double> y; ///< of each child
        [[nodiscard]] QPointF at(std::size_t child) const { return {x, y[child]}; }
    };
    [[nodiscard]] std::vector<Column> columns() const;
    void placeChildren(Column& column) const;
    void paintEdges(QPainter& painter, const Column& column, QPointF from) const;
    void paintNode(QPainter& painter, const TrieChild& child, QPointF at, double step, bool isHead) const;

    Theme m_theme = Theme::light();
    TriePicture m_picture;
    bool m_highlightsChildren = false;
};

} // namespace orrery::boggleview
