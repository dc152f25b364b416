#include "widgets/board/board_paint.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace orrery {

namespace {

constexpr double kGap = 0.12;    ///< between tiles, of the pitch
constexpr double kCorner = 0.18; ///< of the tile
constexpr double kLetter = 0.46;
constexpr double kStroke = 0.22;      ///< width of the line through the tiles
constexpr double kStrokeShare = 0.62; ///< of the strong colour in it, less where letters on it ask for it
constexpr double kNumber = 0.17;

/// Paints one picture; keeps what every part of it needs.
class BoardPainter {
  public:
    BoardPainter(QPainter& painter, const BoardPicture& picture, const BoardGeometry& geometry,
                 const Theme& theme)
        : m_painter(painter), m_picture(picture), m_geometry(geometry), m_theme(theme) {
        const auto cells = static_cast<std::size_t>(picture.rows * picture.columns);
        m_trail.assign(cells, nullptr);
        m_place.assign(cells, -1);
        for (const BoardTrail& trail : picture.trails)
            for (std::size_t i = 0; i < trail.cells.size(); ++i) {
                m_trail[static_cast<std::size_t>(trail.cells[i])] = &trail;
                m_place[static_cast<std::size_t>(trail.cells[i])] = static_cast<int>(i);
            }
    }

    void tiles() const {
        for (int cell = 0; cell < static_cast<int>(m_trail.size()); ++cell)
            tile(cell);
    }
    void strokes() const {
        for (const BoardTrail& trail : m_picture.trails)
            stroke(trail);
    }
    void heads() const {
        for (int cell = 0; cell < static_cast<int>(m_trail.size()); ++cell)
            if (isFilled(cell)) tile(cell);
    }
    void letters() const {
        for (int cell = 0; cell < static_cast<int>(m_trail.size()); ++cell) {
            letter(cell);
            number(cell);
        }
    }
    void deadEnds() const {
        for (const int cell : m_picture.blocked)
            deadEnd(cell);
    }
    void leftBehind() const {
        if (m_picture.left < 0 || trailOf(m_picture.left)) return;
        const double width = m_theme.contextWidth();
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme.brass, width, Qt::DashLine));
        m_painter.drawRoundedRect(rect(m_picture.left).adjusted(width / 2, width / 2, -width / 2, -width / 2),
                                  m_geometry.tile * kCorner, m_geometry.tile * kCorner);
    }
    void ring(int cell, const QColor& color, double width) const {
        const double out = m_geometry.tile * 0.035 + width / 2;
        const QRectF box = rect(cell).adjusted(-out, -out, out, out);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(color, width));
        m_painter.drawRoundedRect(box, m_geometry.tile * kCorner + out, m_geometry.tile * kCorner + out);
    }

  private:
    [[nodiscard]] QRectF rect(int cell) const {
        return m_geometry.tileAt(cell / m_picture.columns, cell % m_picture.columns);
    }
    [[nodiscard]] const BoardTrail* trailOf(int cell) const {
        return m_trail[static_cast<std::size_t>(cell)];
    }
    [[nodiscard]] bool isBlocked(int cell) const {
        return std::find(m_picture.blocked.begin(), m_picture.blocked.end(), cell) != m_picture.blocked.end();
    }
    [[nodiscard]] bool isFilled(int cell) const {
        const BoardTrail* trail = trailOf(cell);
        return trail && (trail->complete || trail->cells.back() == cell);
    }
    [[nodiscard]] QColor strong(const BoardTrail& trail) const {
        switch (trail.role) {
        case BoardTrail::Role::Now:
            return m_theme.brass;
        case BoardTrail::Role::Chosen:
            return m_theme.accent;
        case BoardTrail::Role::Category:
            return m_theme.category(trail.category).color;
        }
        return m_theme.brass;
    }
    [[nodiscard]] QColor soft(const BoardTrail& trail) const {
        switch (trail.role) {
        case BoardTrail::Role::Now:
            return m_theme.brassSoft;
        case BoardTrail::Role::Chosen:
            return m_theme.accentSoft;
        case BoardTrail::Role::Category:
            return mixed(m_theme.surface, strong(trail), 0.18);
        }
        return m_theme.brassSoft;
    }
    [[nodiscard]] QColor onStrong(const BoardTrail& trail) const {
        if (trail.role == BoardTrail::Role::Now) return m_theme.onBrass;
        if (trail.role == BoardTrail::Role::Chosen) return m_theme.onAccent;
        return readable(m_theme.surface, strong(trail));
    }

    void tile(int cell) const {
        const BoardTrail* trail = trailOf(cell);
        QColor fill = m_theme.field, edge = m_theme.line;
        double width = m_theme.hairline();
        if (trail) {
            fill = isFilled(cell) ? strong(*trail) : soft(*trail);
            edge = strong(*trail);
            width = m_theme.contextWidth();
        } else if (isBlocked(cell)) {
            fill = m_theme.surface;
        }
        const QRectF box = rect(cell).adjusted(width / 2, width / 2, -width / 2, -width / 2);
        m_painter.setPen(QPen(edge, width));
        m_painter.setBrush(fill);
        m_painter.drawRoundedRect(box, m_geometry.tile * kCorner, m_geometry.tile * kCorner);
    }

    // One line through the middles of the tiles, below the letters.
    void stroke(const BoardTrail& trail) const {
        QPolygonF line;
        for (const int cell : trail.cells)
            line << rect(cell).center();
        m_painter.setPen(
            QPen(strokeColor(trail), m_geometry.tile * kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPolyline(line);
    }
    [[nodiscard]] QColor strokeColor(const BoardTrail& trail) const {
        if (trail.complete) return strong(trail);
        double share = kStrokeShare;
        while (share > 0.2 &&
               contrastRatio(m_theme.ink, mixed(soft(trail), strong(trail), share)) < kTextContrast)
            share -= 0.05;
        return mixed(soft(trail), strong(trail), share);
    }

    [[nodiscard]] QFont sized(const QFont& base, double pixels) const {
        QFont font = base;
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
        return font;
    }

    void letter(int cell) const {
        const auto place = static_cast<std::size_t>(cell);
        if (place >= m_picture.letters.size()) return;
        const QString& text = m_picture.letters[place];
        const double size = m_geometry.tile * kLetter * (text.size() > 1 ? 0.82 : 1.0);
        QColor ink = m_theme.ink;
        if (isFilled(cell))
            ink = onStrong(*trailOf(cell));
        else if (!trailOf(cell) && isBlocked(cell))
            ink = m_theme.inkThird;
        m_painter.setFont(sized(m_theme.words(13, QFont::DemiBold), size));
        m_painter.setPen(ink);
        m_painter.drawText(rect(cell), Qt::AlignCenter, text);
    }

    // In the first corner through which the line does not go.
    void number(int cell) const {
        const BoardTrail* trail = trailOf(cell);
        const double size = m_geometry.tile * kNumber;
        if (!trail || !trail->numbered || size < 7.0) return;
        const QColor ground = isFilled(cell) ? strong(*trail) : soft(*trail);
        const double inset = m_geometry.tile * 0.09;
        m_painter.setFont(sized(m_theme.numbers(12, QFont::Medium), size));
        m_painter.setPen(isFilled(cell) ? onStrong(*trail) : readable(strong(*trail), ground));
        const auto place = static_cast<std::size_t>(m_place[static_cast<std::size_t>(cell)]);
        constexpr std::array kCorners{QPoint(-1, -1), QPoint(1, -1), QPoint(-1, 1)}; // two ways at most
        const auto free = std::find_if(kCorners.begin(), kCorners.end(), [&](QPoint corner) {
            return !(place > 0 && towards(cell, trail->cells[place - 1]) == corner) &&
                   !(place + 1 < trail->cells.size() && towards(cell, trail->cells[place + 1]) == corner);
        });
        const Qt::Alignment align = (free->x() < 0 ? Qt::AlignLeft : Qt::AlignRight) |
                                    (free->y() < 0 ? Qt::AlignTop : Qt::AlignBottom);
        m_painter.drawText(rect(cell).adjusted(inset, inset * 0.6, -inset, -inset * 0.6), int(align),
                           QString::number(place + 1));
    }
    [[nodiscard]] QPoint towards(int from, int to) const {
        return {to % m_picture.columns - from % m_picture.columns,
                to / m_picture.columns - from / m_picture.columns};
    }

    // A stub towards the tile, and a cross at its edge: looked at, and not entered.
    void deadEnd(int to) const {
        const QColor color = m_theme.category(3).color;
        const double width = std::max(m_theme.contextWidth(), m_geometry.tile * 0.03),
                     arm = m_geometry.tile * 0.065;
        m_painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap));
        QPointF mark = rect(to).topRight() + QPointF(-2.2, 2.2) * arm;
        if (m_picture.blockedFrom >= 0 && m_picture.blockedFrom != to) {
            const QPointF a = rect(m_picture.blockedFrom).center(), away = rect(to).center() - a;
            m_painter.drawLine(a + away * 0.46, a + away * 0.575);
            mark = a + away * 0.64;
        }
        m_painter.drawLine(mark + QPointF(-arm, -arm), mark + QPointF(arm, arm));
        m_painter.drawLine(mark + QPointF(-arm, arm), mark + QPointF(arm, -arm));
    }

    QPainter& m_painter;
    const BoardPicture& m_picture;
    const BoardGeometry& m_geometry;
    const Theme& m_theme;
    std::vector<const BoardTrail*> m_trail; ///< through each tile, or null
    std::vector<int> m_place;               ///< of each tile in its trail
};

} // namespace

BoardGeometry BoardGeometry::inside(const QRectF& room, int rows, int columns) {
    BoardGeometry geometry;
    geometry.pitch = std::max(1.0, std::min(room.width() / (columns - kGap), room.height() / (rows - kGap)));
    geometry.tile = geometry.pitch * (1.0 - kGap);
    const QSizeF size(geometry.pitch * (columns - kGap), geometry.pitch * (rows - kGap));
    geometry.board = QRectF(room.center() - QPointF(size.width() / 2, size.height() / 2), size);
    return geometry;
}

QRectF BoardGeometry::tileAt(int row, int column) const {
    return {board.left() + column * pitch, board.top() + row * pitch, tile, tile};
}

void paintBoard(QPainter& painter, const BoardPicture& picture, const BoardGeometry& geometry,
                const Theme& theme, int cursor, bool highlightsOpen) {
    painter.setRenderHint(QPainter::Antialiasing);
    const BoardPainter board(painter, picture, geometry, theme);
    board.tiles();
    board.strokes();
    board.heads();
    board.letters();
    board.leftBehind();
    board.deadEnds();
    for (const int cell : picture.ringed)
        board.ring(cell, theme.brass, theme.focusWidth());
    if (highlightsOpen)
        for (const int cell : picture.open)
            board.ring(cell, theme.brass, theme.focusWidth());
    if (cursor >= 0) board.ring(cursor, theme.accent, theme.focusWidth());
}

} // namespace orrery
