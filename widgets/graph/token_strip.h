// A queue or a stack drawn as what it is: tokens in a pipe that is open where they go in and out. Without the
// pipe, a row of tokens: the order of visits.
//
// A queue is left at its left end and entered at its right; a stack is closed at the left, and its top is at
// the right. Tokens look like the nodes that they stand for. What has no room is counted: +34.
#pragma once

#include "widgets/graph/graph_paint.h"

#include <QWidget>
#include <optional>

namespace orrery {

enum class StripKind : std::uint8_t { Queue, Stack, Row };

struct Token {
    QString label;
    QString note; ///< small, below it
    NodeState state = NodeState::Frontier;
    bool isNew = false; ///< came in with this step: filled
    bool isTarget = false;
};

class TokenStrip final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit TokenStrip(QWidget* parent = nullptr);

    /// In the order of the container: the front of a queue first, the bottom of a stack first. `taken` is
    /// drawn outside, where this step's token has come out.
    void setTokens(StripKind kind, std::vector<Token> tokens, std::optional<Token> taken = {});
    [[nodiscard]] const std::vector<Token>& tokens() const { return m_tokens; }
    [[nodiscard]] StripKind kind() const { return m_kind; }
    void setCaption(const QString& caption); ///< above it; empty: no line for it
    [[nodiscard]] QString caption() const { return m_caption; }
    void setPlaceholder(const QString& text); ///< in an empty pipe
    void setMarked(int token);                ///< pointed at elsewhere; −1: none
    void setLargest(double pixels);           ///< side of a token, before scaling
    /// Of a row that is too long: the one that stays in sight; −1: the last.
    void setFocused(int token);

    [[nodiscard]] int tokenAt(QPointF pixel) const; ///< −1: none
    /// Where a token stands; null where it is among those that are only counted.
    [[nodiscard]] QRectF rectOf(int token) const;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void tokenClicked(int token);
    void tokenHovered(int token); ///< −1: none

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    struct Place {
        int token = -1; ///< −1: the count of what is left out
        int leftOut = 0;
        QRectF where;
    };
    void place();
    void placePipe(const QRectF& room);
    void placeRows(const QRectF& room);
    [[nodiscard]] std::vector<Place> chosenFor(int capacity) const;
    [[nodiscard]] std::vector<Place> rowAround(int capacity) const;
    [[nodiscard]] double captionHeight() const;
    [[nodiscard]] double noteHeight() const;
    [[nodiscard]] double side() const;
    [[nodiscard]] double smallest() const;
    [[nodiscard]] double labelSize() const;
    void paintPipe(QPainter& painter) const;
    void paintToken(QPainter& painter, const Token& token, const QRectF& where, double labelSize) const;
    void hover(int token);

    Theme m_theme = Theme::light();
    StripKind m_kind = StripKind::Row;
    std::vector<Token> m_tokens;
    std::optional<Token> m_taken;
    std::vector<Place> m_places;
    QRectF m_pipe, m_takenRect;
    QString m_caption, m_placeholder;
    double m_largest = 32.0;
    int m_marked = -1, m_hovered = -1, m_focused = -1;
};

} // namespace orrery
