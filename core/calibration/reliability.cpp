#include "core/calibration/reliability.h"

#include "core/calibration/isotonic_blocks.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace orrery::calibration {

namespace {

/// Adds entries of a ranked sample into a bin; the means come last.
class BinSum {
  public:
    void add(const RankedSample& sample, std::size_t i) {
        m_bin.weight += sample.weight[i];
        m_bin.count += sample.firstRow[i + 1] - sample.firstRow[i];
        m_events += sample.events[i];
        m_scores += sample.weight[i] * sample.score[i];
    }
    [[nodiscard]] ReliabilityBin bin(double lower, double upper) {
        m_bin.lower = lower;
        m_bin.upper = upper;
        m_bin.observed = m_events / m_bin.weight;
        m_bin.meanScore = m_scores / m_bin.weight;
        return m_bin;
    }

  private:
    ReliabilityBin m_bin;
    double m_events = 0.0;
    double m_scores = 0.0;
};

std::vector<ReliabilityBin> binsBetween(const RankedSample& sample, const std::vector<double>& edges) {
    std::vector<ReliabilityBin> bins;
    std::size_t i = 0;
    for (std::size_t b = 0; b + 1 < edges.size(); ++b) {
        const bool isLast = b + 2 == edges.size();
        BinSum sum;
        const std::size_t first = i;
        for (; i < sample.distinct() && (isLast || sample.score[i] <= edges[b + 1]); ++i)
            sum.add(sample, i);
        if (i > first) bins.push_back(sum.bin(edges[b], edges[b + 1]));
    }
    return bins;
}

std::vector<ReliabilityBin> corpBins(const RankedSample& sample) {
    std::vector<Block> blocks;
    poolBlocks(sample.events, sample.weight, blocks);
    std::vector<ReliabilityBin> bins;
    for (const Block& block : blocks) {
        BinSum sum;
        for (std::size_t i = block.begin; i < block.end; ++i)
            sum.add(sample, i);
        bins.push_back(sum.bin(sample.score[block.begin], sample.score[block.end - 1]));
    }
    return bins;
}

} // namespace

std::vector<double> equalWidthEdges(const RankedSample& sample, int bins) {
    const bool isUnit = sample.scale == ScoreScale::Probability;
    const double low = isUnit ? 0.0 : sample.score.front();
    const double high = isUnit ? 1.0 : sample.score.back();
    std::vector<double> edges;
    for (int b = 0; b <= bins; ++b)
        edges.push_back(low + (high - low) * b / bins);
    edges.back() = high;
    return edges;
}

std::vector<double> equalCountEdges(const RankedSample& sample, int bins) {
    const std::size_t last = sample.order.size() - 1;
    const auto parts = static_cast<std::size_t>(bins);
    const auto scoreOfRow = [&](std::size_t row) {
        const auto next = std::upper_bound(sample.firstRow.begin(), sample.firstRow.end(), row);
        return sample.score[static_cast<std::size_t>(next - sample.firstRow.begin()) - 1];
    };
    std::vector<double> edges;
    for (std::size_t b = 0; b <= parts; ++b) {
        const std::size_t row = b * last / parts; // in whole numbers, so that no edge slips past its row
        const double part = static_cast<double>(b * last % parts) / static_cast<double>(parts);
        const double below = scoreOfRow(row);
        edges.push_back(part == 0.0 ? below : below + part * (scoreOfRow(row + 1) - below));
    }
    return edges;
}

ReliabilityDiagram reliabilityDiagram(const RankedSample& sample, Binning binning, int bins) {
    assert(bins >= 1);
    ReliabilityDiagram diagram{binning, {}, {}};
    if (binning == Binning::Corp) {
        diagram.bins = corpBins(sample);
        return diagram;
    }
    diagram.edges =
        binning == Binning::EqualWidth ? equalWidthEdges(sample, bins) : equalCountEdges(sample, bins);
    diagram.bins = binsBetween(sample, diagram.edges);
    return diagram;
}

double corpValueAt(const ReliabilityDiagram& corp, double score) {
    const auto& bins = corp.bins;
    const auto at = std::partition_point(bins.begin(), bins.end(),
                                         [score](const ReliabilityBin& bin) { return bin.upper < score; });
    if (at == bins.end()) return bins.back().observed;
    if (score >= at->lower || at == bins.begin()) return at->observed;
    const ReliabilityBin& left = *(at - 1);
    const double part = (score - left.upper) / (at->lower - left.upper);
    return left.observed + part * (at->observed - left.observed);
}

} // namespace orrery::calibration
