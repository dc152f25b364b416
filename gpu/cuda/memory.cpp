#include "gpu/cuda/memory.h"

#include <algorithm>

namespace orrery::gpu::cuda {

std::size_t ArenaPlan::place(std::size_t bytes, int first, int last) {
    const std::size_t size = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    std::size_t begin = 0;
    for (const Piece& piece : m_pieces) {
        if (piece.last < first || piece.first > last) continue; // never there at the same time
        if (begin + size <= piece.begin) break;
        begin = std::max(begin, piece.end);
    }
    const Piece placed{begin, begin + size, first, last};
    const auto at = std::ranges::upper_bound(m_pieces, begin, {}, &Piece::begin);
    m_pieces.insert(at, placed);
    m_bytes = std::max(m_bytes, placed.end);
    return begin;
}

} // namespace orrery::gpu::cuda
