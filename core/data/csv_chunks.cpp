#include "core/data/csv_chunks.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <tbb/parallel_for.h>

namespace orrery::data {

namespace {

const char* find(const char* p, const char* end, char c) {
    const void* const at = std::memchr(p, c, static_cast<std::size_t>(end - p));
    return at ? static_cast<const char*>(at) : end;
}

// 64 byte-wide counters at a time, emptied before they can overflow: the compiler turns it into vector compares.
std::size_t countFeeds(const char* p, std::size_t size) {
    std::size_t total = 0;
    while (size >= 64) {
        const std::size_t rounds = std::min<std::size_t>(size / 64, 255);
        std::uint8_t lane[64] = {};
        for (std::size_t i = 0; i < rounds; ++i, p += 64)
            for (int j = 0; j < 64; ++j)
                lane[j] = static_cast<std::uint8_t>(lane[j] + (p[j] == '\n'));
        for (const auto count : lane) total += count;
        size -= rounds * 64;
    }
    return total + static_cast<std::size_t>(std::count(p, p + size, '\n'));
}

std::vector<const char*> cutsWithoutQuotes(const char* begin, const char* end, std::size_t chunkBytes) {
    std::vector<const char*> cuts = {begin};
    while (static_cast<std::size_t>(end - cuts.back()) > chunkBytes) {
        const char* const feed = find(cuts.back() + chunkBytes, end, '\n');
        if (feed == end) break;
        cuts.push_back(feed + 1);
    }
    cuts.push_back(end);
    return cuts;
}

// A quote opens a cell only where the cell begins, so that 5" stays text; and not in a comment.
class QuoteWalker {
  public:
    QuoteWalker(const char* begin, const char* end, const CsvRules& rules)
        : m_end(end), m_lineStart(begin), m_position(begin), m_rules(rules) {
        startLine(begin, end);
    }

    /// The first line feed at or after `target` that is outside quotes, or end.
    const char* feedAfter(const char* target) {
        for (;;) {
            const char* const quote = find(m_position, m_end, '"');
            if (target < quote) {
                const char* const feed = find(std::max(target, m_position), quote, '\n');
                if (feed < quote || quote == m_end) return feed;
            }
            if (quote == m_end) return m_end;
            passQuote(quote);
        }
    }

  private:
    void passQuote(const char* quote) {
        const std::string_view passed(m_position, static_cast<std::size_t>(quote - m_position));
        if (const auto feed = passed.rfind('\n'); feed != std::string_view::npos)
            startLine(passed.data() + feed + 1, quote);
        m_position = opensCell(quote) ? afterClosing(quote) : quote + 1;
    }

    void startLine(const char* at, const char* limit) {
        m_lineStart = at;
        while (at < limit && m_rules.isBlank(*at)) ++at;
        m_isComment = m_rules.commentMark != '\0' && at < limit && *at == m_rules.commentMark;
    }

    bool opensCell(const char* quote) {
        if (m_isComment) return false;
        const char* before = quote;
        while (before > m_lineStart && m_rules.isBlank(before[-1])) {
            --before;
            if (m_rules.isDelimiter(*before)) return true;
        }
        return before == m_lineStart || m_rules.isDelimiter(before[-1]);
    }

    // A line feed inside quotes starts no line: the rest of the record is taken to begin at the closing quote.
    const char* afterClosing(const char* quote) {
        const char* close = find(quote + 1, m_end, '"');
        while (close < m_end && close + 1 < m_end && close[1] == '"') close = find(close + 2, m_end, '"');
        m_lineStart = close;
        m_isComment = false;
        return close == m_end ? m_end : close + 1;
    }

    const char* m_end;
    const char* m_lineStart;
    const char* m_position;
    CsvRules m_rules;
    bool m_isComment = false;
};

std::vector<const char*> cutsWithQuotes(const char* begin, const char* end, const CsvRules& rules,
                                        std::size_t chunkBytes) {
    std::vector<const char*> cuts = {begin};
    QuoteWalker walker(begin, end, rules);
    while (static_cast<std::size_t>(end - cuts.back()) > chunkBytes) {
        const char* const feed = walker.feedAfter(cuts.back() + chunkBytes);
        if (feed == end) break;
        cuts.push_back(feed + 1);
    }
    cuts.push_back(end);
    return cuts;
}

// Fills in the bounds; true where a quote was met.
bool countRecords(const std::vector<const char*>& cuts, std::vector<CsvChunk>& chunks) {
    chunks.assign(cuts.size() - 1, {});
    std::atomic<bool> quotes{false};
    tbb::parallel_for(std::size_t{0}, chunks.size(), [&](std::size_t i) {
        constexpr std::size_t kBlock = 16 * 1024; // both looks at a block find it in the first-level cache
        std::size_t feeds = 0;
        bool quoted = false;
        for (const char* p = cuts[i]; p < cuts[i + 1]; p += std::min<std::ptrdiff_t>(kBlock, cuts[i + 1] - p)) {
            const auto size = static_cast<std::size_t>(std::min<std::ptrdiff_t>(kBlock, cuts[i + 1] - p));
            feeds += countFeeds(p, size);
            quoted = quoted || std::memchr(p, '"', size) != nullptr;
        }
        const bool open = cuts[i + 1] > cuts[i] && cuts[i + 1][-1] != '\n';
        chunks[i] = {cuts[i], cuts[i + 1], feeds + (open ? 1 : 0), 0};
        if (quoted) quotes.store(true, std::memory_order_relaxed);
    });
    return quotes.load();
}

} // namespace

std::vector<CsvChunk> cutIntoChunks(const char* begin, const char* end, const CsvRules& rules,
                                    std::size_t chunkBytes) {
    std::vector<CsvChunk> chunks;
    chunkBytes = std::max<std::size_t>(chunkBytes, 1);
    if (countRecords(cutsWithoutQuotes(begin, end, chunkBytes), chunks))
        countRecords(cutsWithQuotes(begin, end, rules, chunkBytes), chunks);
    std::size_t row = 0;
    for (auto& chunk : chunks) {
        chunk.firstRow = row;
        row += chunk.recordBound;
    }
    return chunks;
}

} // namespace orrery::data
