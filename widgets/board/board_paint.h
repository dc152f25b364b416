// How a board is painted: tiles, links, marks. Pure QPainter, so that an exported page keeps vectors and
// text.
#pragma once

#include "widgets/board/board_view.h"

class QPainter;

namespace orrery {

struct BoardGeometry {
    QRectF board;     ///< the tiles and the room between them
    double pitch = 1; ///< from tile to tile
    double tile = 1;  ///< side of a tile

    /// The largest board with square tiles inside `room`, in its middle.
    [[nodiscard]] static BoardGeometry inside(const QRectF& room, int rows, int columns);
    [[nodiscard]] QRectF tileAt(int row, int column) const;
};

/// `cursor`: −1 for none.
void paintBoard(QPainter& painter, const BoardPicture& picture, const BoardGeometry& geometry,
                const Theme& theme, int cursor, bool highlightsOpen);

} // namespace orrery
