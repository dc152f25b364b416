#include "app/labs/isotonic/isotonic_race_pictures.h"

#include "app/labs/isotonic/views/counter_view.h"

#include "widgets/frame/paint.h"

#include <QObject>
#include <algorithm>

namespace orrery {

namespace {

using isotonic::CodeLevel;
using isotonic::IsotonicMethod;
using isotonic::RaceSeries;

/// Shorter forms, for narrow cards.
QString forms(const QStringList& longestFirst) {
    return longestFirst.join(kShorter);
}

QString text(std::string_view words) {
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

const RaceSeries* seriesOf(const std::vector<RaceSeries>& all, IsotonicMethod method) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const RaceSeries& s) { return s.method == method; });
    return found == all.end() ? nullptr : &*found;
}

// A method that the clock stopped has no cost at that n.
void addCosts(LabelledLine& line, const RaceSeries& series, bool operations) {
    for (const isotonic::RacePoint& point : series.points) {
        const double cost = operations ? static_cast<double>(point.counters.operations()) : point.seconds;
        if (!point.finished || !(cost > 0.0)) continue;
        line.x.push_back(static_cast<double>(point.n));
        line.y.push_back(cost);
    }
}

LabelledLine speedup(const RaceSeries& slow, const RaceSeries& fast, QString name, int category) {
    LabelledLine line{.name = std::move(name), .category = category, .everyPoint = true};
    for (const isotonic::RacePoint& a : slow.points)
        for (const isotonic::RacePoint& b : fast.points)
            if (a.n == b.n && a.finished && b.finished && b.seconds > 0.0) {
                line.x.push_back(static_cast<double>(a.n));
                line.y.push_back(a.seconds / b.seconds);
            }
    return line;
}

LabelledLine published() {
    LabelledLine line{.name = QObject::tr("published, hardware unstated"), .category = -1, .dashed = true};
    for (const isotonic::PublishedSpeedup& point : isotonic::kPublishedSpeedups) {
        line.x.push_back(point.n);
        line.y.push_back(point.factor);
    }
    return line;
}

} // namespace

isotone::GrowthPicture racePicture(const std::vector<RaceSeries>& series, bool operations) {
    isotone::GrowthPicture picture{.vertical = operations ? QObject::tr("comparisons and writes")
                                                          : QObject::tr("seconds")};
    double largest = 0.0;
    bool stopped = false;
    for (const RaceSeries& one : series) {
        if (operations && !one.method) continue; // the fast twin counts nothing
        LabelledLine line{.name =
                              one.method ? text(isotonic::labelOf(*one.method)) : QObject::tr("Fast twin"),
                          .category = one.method ? isotone::categoryOf(*one.method) : 4,
                          .everyPoint = true};
        addCosts(line, one, operations);
        for (const isotonic::RacePoint& point : one.points) {
            largest = std::max(largest, static_cast<double>(point.n));
            stopped = stopped || !point.finished;
        }
        if (!line.x.empty()) picture.lines.push_back(std::move(line));
    }
    picture.summary = stopped ? QObject::tr("one was stopped by the clock")
                              : QObject::tr("measured here, on the same data");
    return picture;
}

isotone::GrowthPicture speedupPicture(const std::vector<RaceSeries>& series) {
    isotone::GrowthPicture picture{.vertical = QObject::tr("times as fast as the active set"), .ratio = true};
    const RaceSeries* slow = seriesOf(series, IsotonicMethod::ActiveSet);
    for (const IsotonicMethod method : {IsotonicMethod::Stack, IsotonicMethod::Sweep}) {
        const RaceSeries* fast = seriesOf(series, method);
        if (!slow || !fast) continue;
        LabelledLine line =
            speedup(*slow, *fast, text(isotonic::labelOf(method)), isotone::categoryOf(method));
        if (!line.x.empty()) picture.lines.push_back(std::move(line));
    }
    if (!picture.lines.empty()) picture.lines.push_back(published());
    picture.summary = QObject::tr("dashed: the article's table");
    return picture;
}

isotone::GrowthPicture levelsPicture(const std::vector<isotonic::ConstantSeries>& series) {
    isotone::GrowthPicture picture{.vertical = QObject::tr("seconds over unchecked code"), .ratio = true};
    const auto plain = std::find_if(series.begin(), series.end(),
                                    [](const auto& s) { return s.level == CodeLevel::Unchecked; });
    if (plain == series.end()) return picture;
    for (const isotonic::ConstantSeries& one : series) {
        if (one.level == CodeLevel::Unchecked) continue;
        LabelledLine line{.name = text(isotonic::labelOf(one.level)),
                          .category = static_cast<int>(one.level) == 0   ? 3
                                      : static_cast<int>(one.level) == 1 ? 0
                                                                         : 2,
                          .everyPoint = true};
        for (const isotonic::ConstantPoint& point : one.points)
            for (const isotonic::ConstantPoint& base : plain->points)
                if (base.n == point.n && base.seconds > 0.0 && point.seconds > 0.0) {
                    line.x.push_back(static_cast<double>(point.n));
                    line.y.push_back(point.seconds / base.seconds);
                }
        if (!line.x.empty()) picture.lines.push_back(std::move(line));
    }
    picture.bands = {{5.0, 300.0,
                      forms({QObject::tr("published: active set, Julia over Cython 5–300×"),
                             QObject::tr("published: active set 5–300×")})},
                     {1.1, 4.0, QObject::tr("published: PAVA 1.1–4×")}};
    picture.summary =
        forms({QObject::tr("one algorithm, written four ways"), QObject::tr("written four ways")});
    return picture;
}

std::vector<std::size_t> raceSizes(std::size_t first, std::size_t largest) {
    std::vector<std::size_t> sizes;
    for (std::size_t n = first; n < largest; n *= 10)
        sizes.push_back(n);
    sizes.push_back(largest);
    return sizes;
}

} // namespace orrery
