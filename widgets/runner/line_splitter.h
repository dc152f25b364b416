// Bytes as they come out of a pipe, cut into lines. A line that never ends is dropped when it has grown past
// any message, so that garbage cannot fill the memory.
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace orrery::runner {

class LineSplitter {
  public:
    static constexpr qsizetype kLongest = qsizetype{32} << 20; ///< bytes

    /// The lines that are whole now, without their ends.
    [[nodiscard]] QByteArrayList take(const QByteArray& bytes);
    /// What came after the last line's end.
    [[nodiscard]] const QByteArray& rest() const { return m_rest; }
    void clear();
    [[nodiscard]] int dropped() const { return m_dropped; }

  private:
    QByteArray m_rest;
    bool m_dropping = false; ///< until the next end of a line
    int m_dropped = 0;
};

} // namespace orrery::runner
