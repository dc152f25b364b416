#include "widgets/runner/line_splitter.h"

namespace orrery::runner {

QByteArrayList LineSplitter::take(const QByteArray& bytes) {
    QByteArrayList lines;
    qsizetype begin = 0;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', begin)) {
        if (!m_dropping) lines << m_rest + bytes.mid(begin, end - begin);
        m_dropping = false;
        m_rest.clear();
        begin = end + 1;
    }
    if (!m_dropping) m_rest += bytes.mid(begin);
    if (m_rest.size() > kLongest) {
        m_rest.clear();
        m_dropping = true;
        ++m_dropped;
    }
    return lines;
}

void LineSplitter::clear() {
    *this = {};
}

} // namespace orrery::runner
