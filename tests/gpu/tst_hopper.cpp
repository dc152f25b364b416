// Our own product on a Hopper card against sums in double, in every tiling and on shapes that fill no tile.
#include "gpu/cuda/hopper_gemm.h"

#include <Eigen/Core>
#include <QtTest>
#include <cmath>
#include <random>

using namespace orrery;
using namespace orrery::gpu::cuda;

namespace {

using Halves = std::vector<Eigen::half>;

Halves randomHalves(std::int64_t count, float scale, std::uint32_t seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.f, scale);
    Halves values(static_cast<std::size_t>(count));
    for (Eigen::half& value : values)
        value = Eigen::half(normal(generator));
    return values;
}

std::vector<double> expected(const GemmShape& s, const Halves& x, const Halves& w, const Halves& bias) {
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using Source =
        Eigen::Map<const Eigen::Matrix<Eigen::half, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
    const Matrix left = Source(x.data(), s.rows, s.in).cast<double>();
    const Matrix right = Source(w.data(), s.out, s.in).cast<double>();
    Matrix sums = left * right.transpose();
    sums.rowwise() += Source(bias.data(), 1, s.out).cast<double>().row(0);
    std::vector<double> y(sums.data(), sums.data() + sums.size());
    if (s.epilogue == Epilogue::BiasGeluErf)
        for (double& value : y)
            value *= 0.5 * std::erfc(-value / std::sqrt(2.0));
    return y;
}

double relativeError(const Halves& y, const std::vector<double>& r) {
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < r.size(); ++i) {
        const double d = double(static_cast<float>(y[i])) - r[i];
        difference += d * d, norm += r[i] * r[i];
    }
    return std::sqrt(difference / norm); // a NaN left by the poison stays one
}

} // namespace

class TestHopper : public QObject {
    Q_OBJECT
    std::unique_ptr<Context> m_context;

    Expected<Halves> run(const GemmShape& s, const HopperTiling& tiling, const Halves& x, const Halves& w,
                         const Halves& bias);

  private Q_SLOTS:
    void initTestCase();
    void agreesWithDouble_data();
    void agreesWithDouble();
};

void TestHopper::initTestCase() {
    auto context = Context::create(0);
    if (!context) QSKIP(context.error().message.c_str());
    if ((*context)->capability() != 90) QSKIP("the first card is no Hopper (compute capability 9.0)");
    m_context = std::move(*context);
}

void TestHopper::agreesWithDouble_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    for (const auto& [rows, in, out] : {std::array{1, 8, 8},
                                        {1, 64, 256},
                                        {100, 72, 1000},
                                        {129, 1024, 264},
                                        {300, 256, 2304},
                                        {512, 128, 512}})
        QTest::addRow("%d x %d x %d", rows, in, out) << rows << in << out;
}

// The result is poisoned with NaN, one line more than it has: that one must stay as it is.
Expected<Halves> TestHopper::run(const GemmShape& s, const HopperTiling& tiling, const Halves& x,
                                 const Halves& w, const Halves& bias) {
    Halves y(static_cast<std::size_t>((s.rows + 1) * s.out), Eigen::half(std::nanf("")));
    std::vector<Buffer> buffers;
    for (const Halves* values : std::initializer_list<const Halves*>{&x, &w, &bias, &y}) {
        auto buffer = Buffer::allocate(values->size() * sizeof(Eigen::half));
        if (!buffer) return tl::unexpected(buffer.error());
        buffers.push_back(std::move(*buffer));
        const auto sent =
            m_context->upload(buffers.back().at<void>(), values->data(), buffers.back().bytes());
        if (!sent) return tl::unexpected(sent.error());
    }
    const GemmPointers pointers{buffers[0].at<__half>(), buffers[1].at<__half>(), buffers[2].at<__half>(),
                                buffers[3].at<__half>()};
    const auto launch = HopperGemm::launchOf(*m_context, s, tiling, pointers);
    if (!launch) return tl::unexpected(launch.error());
    if (auto done = (*launch)(m_context->stream()); !done) return tl::unexpected(done.error());
    if (auto read = m_context->download(y.data(), pointers.y, buffers[3].bytes()); !read)
        return tl::unexpected(read.error());
    return y;
}

void TestHopper::agreesWithDouble() {
    QFETCH(int, rows);
    QFETCH(int, in);
    QFETCH(int, out);
    std::uint32_t seed = std::random_device()();
    const Halves x = randomHalves(std::int64_t{rows} * in, 1.f, seed),
                 w = randomHalves(std::int64_t{out} * in, 0.1f, seed + 1),
                 bias = randomHalves(out, 0.5f, seed + 2);
    for (const Epilogue epilogue : {Epilogue::Bias, Epilogue::BiasGeluErf}) {
        const GemmShape shape{rows, in, out, epilogue};
        QVERIFY(HopperGemm::fits(*m_context, shape));
        const std::vector<double> r = expected(shape, x, w, bias);
        for (const HopperTiling& tiling : {HopperTiling{256, 2}, {256, 1}, {128, 2}, {128, 1}}) {
            const auto y = run(shape, tiling, x, w, bias);
            QVERIFY2(y, y ? "" : y.error().message.c_str());
            const double error = relativeError(*y, r);
            QVERIFY2(error < 4e-4, qPrintable(QString::number(error)));
            for (std::size_t i = r.size(); i < y->size(); ++i)
                QVERIFY(std::isnan(static_cast<float>((*y)[i])));
        }
    }
}

QTEST_APPLESS_MAIN(TestHopper)
#include "tst_hopper.moc"
