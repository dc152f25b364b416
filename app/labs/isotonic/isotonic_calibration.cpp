#include "app/labs/isotonic/isotonic_calibration.h"

#include <algorithm>
#include <oneapi/tbb/info.h>

namespace orrery {

namespace {

using namespace calibration;

constexpr int kDensityBins = 40;
constexpr int kMapSamples = 240;
constexpr double kLevel = 0.9;

Binning binningOf(const QString& id) {
    if (id == u"equal-width") return Binning::EqualWidth;
    return id == u"equal-count" ? Binning::EqualCount : Binning::Corp;
}

// Diagram, band and density of one sample under the knobs.
Expected<void> fillDiagram(const ScoredSample& sample, const CalibrationRequest& request,
                           isotone::CalibrationPicture& picture, Progress& progress) {
    const RankedSample ranked = rank(sample);
    picture.diagram = reliabilityDiagram(ranked, binningOf(request.knobs.bins), request.knobs.binCount);
    picture.density = scoreDensity(ranked, kDensityBins);
    picture.least = picture.density.edges.front();
    picture.largest = picture.density.edges.back();
    picture.band.reset();
    if (request.knobs.band == u"none") return {};
    BandOptions options;
    options.kind = request.knobs.band == u"confidence" ? BandKind::Confidence : BandKind::Consistency;
    options.level = kLevel;
    options.seed = request.seed;
    options.threads = std::max(1, oneapi::tbb::info::default_concurrency());
    auto band = reliabilityBand(sample, ranked, picture.diagram, options, progress);
    if (!band) return tl::unexpected(band.error());
    picture.band = *std::move(band);
    return {};
}

isotone::MapCurve sampled(const CrossFitted& fitted, double least, double largest) {
    isotone::MapCurve curve;
    curve.method = fitted.method;
    curve.converged = fitted.converged;
    for (int i = 0; i <= kMapSamples; ++i) {
        const double score = least + (largest - least) * i / kMapSamples;
        curve.score.push_back(score);
        curve.probability.push_back(probability(fitted.map, score));
    }
    return curve;
}

} // namespace

Expected<isotone::CalibrationPicture> pictureOfScores(const CalibrationRequest& request, Progress& progress) {
    isotone::CalibrationPicture picture;
    picture.sample = request.sample;
    if (auto filled = fillDiagram(*request.sample, request, picture, progress); !filled)
        return tl::unexpected(filled.error());
    return picture;
}

Expected<void> addCalibrators(const CalibrationRequest& request, isotone::CalibrationPicture& picture,
                              Progress& progress) {
    picture.comparison = request.comparison;
    if (!picture.comparison) {
        CrossFitOptions options;
        options.folds = request.knobs.folds;
        options.seed = request.seed;
        options.threads = std::max(1, oneapi::tbb::info::default_concurrency());
        auto made = compareCalibrators(*request.sample, kCalibrationMethods, options, progress);
        if (!made) return tl::unexpected(made.error());
        picture.comparison = std::make_shared<const CalibrationComparison>(*std::move(made));
    }
    const double least = picture.least,
                 largest = picture.largest; // of the scores, before the diagram is another's
    for (const CrossFitted& fitted : picture.comparison->after)
        picture.maps.push_back(sampled(fitted, least, largest));
    const auto wanted = calibrationMethodFromId(request.knobs.calibrator.toStdString());
    for (const CrossFitted& fitted : picture.comparison->after) {
        if (fitted.method != wanted) continue;
        picture.shown = wanted;
        picture.before = picture.diagram;
        return fillDiagram(*fitted.calibrated, request, picture, progress);
    }
    return {};
}

} // namespace orrery
