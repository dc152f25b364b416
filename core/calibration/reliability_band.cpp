#include "core/calibration/reliability_band.h"

#include "core/calibration/isotonic_blocks.h"
#include "core/support/rng.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace orrery::calibration {

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// Memory of one thread, reused from replicate to replicate.
struct Scratch {
    std::vector<std::uint16_t> draws; ///< how often each row was drawn, rows by ascending score
    std::vector<double> events;       ///< k, of a ranked sample's scores
    std::vector<double> weights;      ///< k
    std::vector<Block> blocks;
};

/// Index in [0, size): the high word of a 64-bit draw times size, uniform to one part in 2⁶⁴/size.
std::size_t rowFrom(std::uint64_t draw, std::size_t size) {
    return static_cast<std::size_t>(static_cast<unsigned __int128>(draw) * size >> 64);
}

class Replicates {
  public:
    Replicates(const ScoredSample& sample, const RankedSample& ranked, const ReliabilityDiagram& diagram,
               const BandOptions& options)
        : m_sample(sample), m_ranked(ranked), m_diagram(diagram), m_options(options) {
        if (diagram.binning == Binning::Corp)
            layGrid();
        else
            findBins();
    }

    [[nodiscard]] const std::vector<double>& points() const { return m_points; }

    /// The diagram's values at points() in one replicate; NaN where it has none.
    void draw(int replicate, Scratch& scratch, double* out) const {
        Rng rng(m_options.seed, static_cast<std::uint64_t>(replicate));
        const std::size_t rows = m_ranked.order.size();
        scratch.draws.assign(rows, 0);
        for (std::size_t i = 0; i < rows; ++i)
            ++scratch.draws[rowFrom(rng.nextU64(), rows)];
        addUp(rng, scratch);
        m_diagram.binning == Binning::Corp ? corpValues(scratch, out) : binValues(scratch, out);
    }

  private:
    void layGrid() {
        const double low = m_ranked.score.front(), high = m_ranked.score.back();
        const int last = std::max(m_options.gridPoints, 2) - 1;
        for (int g = 0; g <= last; ++g)
            m_points.push_back(g == last ? high : low + (high - low) * g / last);
    }

    void findBins() {
        std::size_t bin = 0;
        for (std::size_t i = 0; i < m_ranked.distinct(); ++i) {
            while (bin + 1 < m_diagram.bins.size() && m_ranked.score[i] > m_diagram.bins[bin].upper)
                ++bin;
            m_binOf.push_back(bin);
        }
        for (const ReliabilityBin& entry : m_diagram.bins)
            m_points.push_back(entry.meanScore);
    }

    /// Drawn rows into events and weights by score.
    void addUp(Rng& rng, Scratch& scratch) const {
        const bool isConsistency = m_options.kind == BandKind::Consistency;
        scratch.events.assign(m_ranked.distinct(), 0.0);
        scratch.weights.assign(m_ranked.distinct(), 0.0);
        for (std::size_t i = 0; i < m_ranked.distinct(); ++i) {
            const double threshold = m_ranked.score[i] * 0x1p32; // P(u < s · 2³²) = s for a 32-bit u
            for (std::size_t at = m_ranked.firstRow[i]; at < m_ranked.firstRow[i + 1]; ++at) {
                const int times = scratch.draws[at];
                const double weight = m_sample.weight(m_ranked.order[at]);
                scratch.weights[i] += times * weight;
                if (!isConsistency) {
                    scratch.events[i] += m_sample.labels[m_ranked.order[at]] ? times * weight : 0.0;
                    continue;
                }
                for (int copy = 0; copy < times; ++copy)
                    scratch.events[i] += static_cast<double>(rng.nextU32()) < threshold ? weight : 0.0;
            }
        }
    }

    void binValues(Scratch& scratch, double* out) const {
        std::vector<double> weights(m_points.size()), events(m_points.size());
        for (std::size_t i = 0; i < m_binOf.size(); ++i) {
            weights[m_binOf[i]] += scratch.weights[i];
            events[m_binOf[i]] += scratch.events[i];
        }
        for (std::size_t b = 0; b < m_points.size(); ++b)
            out[b] = weights[b] > 0.0 ? events[b] / weights[b] : kNothing;
    }

    void corpValues(Scratch& scratch, double* out) const {
        poolBlocks(scratch.events, scratch.weights, scratch.blocks);
        const auto& blocks = scratch.blocks;
        // Scores that were not drawn are in a block but do not bound it.
        std::size_t at = 0;
        for (std::size_t g = 0; g < m_points.size(); ++g) {
            while (at + 1 < blocks.size() && m_points[g] > upperEnd(scratch, blocks[at]))
                ++at;
            out[g] = valueAt(scratch, at, m_points[g]);
        }
    }

    [[nodiscard]] double upperEnd(const Scratch& scratch, const Block& block) const {
        std::size_t last = block.end - 1;
        while (last > block.begin && scratch.weights[last] == 0.0)
            --last;
        return m_ranked.score[last];
    }
    [[nodiscard]] double lowerEnd(const Scratch& scratch, const Block& block) const {
        std::size_t first = block.begin;
        while (first + 1 < block.end && scratch.weights[first] == 0.0)
            ++first;
        return m_ranked.score[first];
    }

    /// `score` is not above block `at`, unless that is the last one; linear up to its lower end.
    [[nodiscard]] double valueAt(const Scratch& scratch, std::size_t at, double score) const {
        const Block& block = scratch.blocks[at];
        if (at == 0) return block.value();
        const double end = lowerEnd(scratch, block);
        if (score >= end) return block.value();
        const Block& left = scratch.blocks[at - 1];
        const double start = upperEnd(scratch, left);
        return left.value() + (score - start) / (end - start) * (block.value() - left.value());
    }

    const ScoredSample& m_sample;
    const RankedSample& m_ranked;
    const ReliabilityDiagram& m_diagram;
    const BandOptions& m_options;
    std::vector<double> m_points;     ///< scores at which the band is taken
    std::vector<std::size_t> m_binOf; ///< k: bin of each score; empty for CORP
};

/// Quantile q by linear interpolation between the sorted values.
double quantile(const std::vector<double>& sorted, double q) {
    if (sorted.empty()) return kNothing;
    const double position = q * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (position - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

ReliabilityBand bandFrom(const std::vector<double>& values, const std::vector<double>& points,
                         const BandOptions& options) {
    ReliabilityBand band{options.kind, options.level, points, {}, {}};
    for (std::size_t g = 0; g < points.size(); ++g) {
        std::vector<double> column;
        for (std::size_t b = g; b < values.size(); b += points.size())
            if (!std::isnan(values[b])) column.push_back(values[b]);
        std::sort(column.begin(), column.end());
        band.lower.push_back(quantile(column, 0.5 - options.level / 2.0));
        band.upper.push_back(quantile(column, 0.5 + options.level / 2.0));
    }
    return band;
}

Expected<void> check(const RankedSample& ranked, const BandOptions& options) {
    if (options.kind == BandKind::Consistency && ranked.scale != ScoreScale::Probability)
        return fail("a consistency band needs scores in [0, 1]; a confidence band takes any");
    if (options.replicates < 2)
        return fail(fmt::format("a bootstrap band needs at least 2 replicates, not {}", options.replicates));
    if (!(options.level > 0.0 && options.level < 1.0))
        return fail(fmt::format("the level of a band lies between 0 and 1, not at {:.4g}", options.level));
    return {};
}

} // namespace

Expected<ReliabilityBand> reliabilityBand(const ScoredSample& sample, const RankedSample& ranked,
                                          const ReliabilityDiagram& diagram, const BandOptions& options,
                                          Progress& progress) {
    if (auto checked = check(ranked, options); !checked) return tl::unexpected(checked.error());
    const Replicates replicates(sample, ranked, diagram, options);
    const std::size_t points = replicates.points().size();
    std::vector<double> values(points * static_cast<std::size_t>(options.replicates)); // replicates × points
    tbb::enumerable_thread_specific<Scratch> scratch;
    std::atomic<int> done = 0;
    const auto run = [&](int b) {
        if (progress.isCancelled()) return;
        replicates.draw(b, scratch.local(), values.data() + static_cast<std::size_t>(b) * points);
        progress.setFraction(static_cast<double>(++done) / options.replicates);
    };
    tbb::task_arena arena(std::max(options.threads, 1));
    arena.execute([&] { tbb::parallel_for(0, options.replicates, 1, run, tbb::simple_partitioner()); });
    if (progress.isCancelled()) return fail("the bootstrap band was cancelled", ErrorCode::Cancelled);
    return bandFrom(values, replicates.points(), options);
}

} // namespace orrery::calibration
