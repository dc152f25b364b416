// Every operation of the reference against naive loops in double; the models as wholes.
#include "core/support/rng.h"
#include "gpu/models/bert.h"
#include "gpu/models/resnet.h"
#include "gpu/reference/ops.h"
#include "gpu/reference/reference_device.h"

#include <QtTest>
#include <cmath>

using namespace orrery;
using namespace orrery::gpu;

namespace {

using Values = std::vector<float>;

Values random(std::int64_t count, std::uint64_t stream) {
    Rng rng(42, stream);
    Values values(static_cast<std::size_t>(count));
    for (float& value : values)
        value = static_cast<float>(rng.normal());
    return values;
}

double relativeError(const Values& y, const std::vector<double>& r) {
    double error = 0, norm = 0;
    for (std::size_t i = 0; i < r.size(); ++i) {
        error += (y[i] - r[i]) * (y[i] - r[i]);
        norm += r[i] * r[i];
    }
    return std::sqrt(error / norm);
}

std::vector<double> naiveConvolution(const ConvolutionShape& s, const Values& x, const Values& w,
                                     const Values& b, const Values* residual, bool relu) {
    std::vector<double> y;
    for (std::int64_t n = 0; n < s.batch; ++n)
        for (std::int64_t p = 0; p < s.outHeight(); ++p)
            for (std::int64_t q = 0; q < s.outWidth(); ++q)
                for (std::int64_t k = 0; k < s.outChannels; ++k) {
                    double sum = b[k];
                    for (std::int64_t r = 0; r < s.kernel; ++r)
                        for (std::int64_t t = 0; t < s.kernel; ++t) {
                            const std::int64_t h = p * s.stride + r - s.padding,
                                               v = q * s.stride + t - s.padding;
                            if (h < 0 || h >= s.height || v < 0 || v >= s.width) continue;
                            for (std::int64_t c = 0; c < s.inChannels; ++c)
                                sum += double(x[((n * s.height + h) * s.width + v) * s.inChannels + c]) *
                                       w[((k * s.kernel + r) * s.kernel + t) * s.inChannels + c];
                        }
                    if (residual) sum += (*residual)[y.size()];
                    y.push_back(relu ? std::max(sum, 0.0) : sum);
                }
    return y;
}

std::vector<double> naiveAttention(const AttentionShape& s, const SequenceBatch& sequences,
                                   const Values& qkv) {
    const std::int64_t d = s.headSize, width = s.heads * d;
    std::vector<double> y(static_cast<std::size_t>(s.rows * width));
    const auto first = sequences.offsets();
    for (std::int64_t b = 0; b < sequences.batch(); ++b)
        for (std::int64_t h = 0; h < s.heads; ++h)
            for (std::int64_t i = 0; i < sequences.lengths[b]; ++i) {
                const auto at = [&](std::int64_t row, int part, std::int64_t k) {
                    return double(qkv[((first[b] + row) * 3 + part) * width + h * d + k]);
                };
                std::vector<double> p;
                double sum = 0;
                for (std::int64_t j = 0; j < sequences.lengths[b]; ++j) {
                    double score = 0;
                    for (std::int64_t k = 0; k < d; ++k)
                        score += at(i, 0, k) * at(j, 1, k);
                    sum += p.emplace_back(std::exp(score / std::sqrt(double(d))));
                }
                for (std::int64_t j = 0; j < sequences.lengths[b]; ++j)
                    for (std::int64_t k = 0; k < d; ++k)
                        y[(first[b] + i) * width + h * d + k] += p[j] / sum * at(j, 2, k);
            }
    return y;
}

std::vector<double> naiveNorm(const Values& x, const Values& residual, std::int64_t width,
                              const Values& gamma, const Values& beta, double epsilon) {
    std::vector<double> y;
    for (std::size_t row = 0; row < x.size() / width; ++row) {
        double mean = 0, variance = 0;
        const auto at = [&](std::int64_t i) {
            return double(x[row * width + i]) + residual[row * width + i];
        };
        for (std::int64_t i = 0; i < width; ++i)
            mean += at(i) / width;
        for (std::int64_t i = 0; i < width; ++i)
            variance += (at(i) - mean) * (at(i) - mean) / width;
        for (std::int64_t i = 0; i < width; ++i)
            y.push_back((at(i) - mean) / std::sqrt(variance + epsilon) * gamma[i] + beta[i]);
    }
    return y;
}

Values forward(const Model& model, const ModelInputs& inputs, int threads = 0) {
    Progress progress;
    const auto device = makeReferenceDevice(threads);
    const auto weights = loadWeights(model, SyntheticTensors(1)).value();
    const auto engine = device->prepare(model, weights, {}, progress).value();
    if (!engine->setInputs(inputs) || !engine->run(1)) return {};
    return engine->readValue(model.output).value();
}

} // namespace

class TestReference : public QObject {
    Q_OBJECT
  private slots:
    void convolution_data() {
        QTest::addColumn<int>("kernel");
        QTest::addColumn<int>("stride");
        QTest::addColumn<int>("padding");
        QTest::addColumn<bool>("residual");
        QTest::newRow("1x1") << 1 << 1 << 0 << true;
        QTest::newRow("1x1 strided") << 1 << 2 << 0 << false;
        QTest::newRow("3x3") << 3 << 1 << 1 << false;
        QTest::newRow("3x3 strided, residual") << 3 << 2 << 1 << true;
        QTest::newRow("7x7 stem") << 7 << 2 << 3 << false;
    }

    void convolution() {
        QFETCH(int, kernel);
        QFETCH(int, stride);
        QFETCH(int, padding);
        QFETCH(bool, residual);
        const ConvolutionShape s{2, 13, 17, 5, 70, kernel, stride, padding};
        const Values x = random(2 * 13 * 17 * 5, 0), w = random(70 * s.depth(), 1), b = random(70, 2);
        const Values more = random(s.rows() * 70, 3);
        Values y(static_cast<std::size_t>(s.rows() * 70), std::nanf(""));
        reference::convolution(s, x.data(), w.data(), b.data(), residual ? more.data() : nullptr,
                               Activation::Relu, y.data());
        QVERIFY(relativeError(y, naiveConvolution(s, x, w, b, residual ? &more : nullptr, true)) < 1e-6);
    }

    void linearWithBothGelus() {
        const LinearShape s{7, 33, 129};
        const Values x = random(7 * 33, 0), w = random(129 * 33, 1), b = random(129, 2);
        for (const Gelu gelu : {Gelu::Erf, Gelu::Tanh}) {
            Values y(7 * 129, std::nanf(""));
            reference::linear(s, x.data(), w.data(), b.data(), Activation::Gelu, gelu, y.data());
            std::vector<double> r;
            for (int i = 0; i < 7; ++i)
                for (int k = 0; k < 129; ++k) {
                    double sum = b[k];
                    for (int c = 0; c < 33; ++c)
                        sum += double(x[i * 33 + c]) * w[k * 33 + c];
                    const double inner = std::sqrt(2 / M_PI) * (sum + 0.044715 * sum * sum * sum);
                    r.push_back(
                        0.5 * sum *
                        (1 + (gelu == Gelu::Erf ? std::erf(sum / std::sqrt(2.0)) : std::tanh(inner))));
                }
            QVERIFY(relativeError(y, r) < 1e-6);
        }
    }

    void layerNormWithAResidualAndALargeMean() {
        const std::int64_t width = 100;
        Values x = random(5 * width, 0);
        for (float& value : x)
            value += 1000;
        const Values residual = random(5 * width, 1), gamma = random(width, 2), beta = random(width, 3);
        Values y(5 * width, std::nanf(""));
        reference::layerNorm({5, width, 1e-12f}, x.data(), residual.data(), gamma.data(), beta.data(),
                             y.data());
        QVERIFY(relativeError(y, naiveNorm(x, residual, width, gamma, beta, 1e-12)) < 1e-4);
    }

    void pools() {
        const Values x = random(2 * 5 * 7 * 3, 0);
        const MaxPoolShape s{2, 5, 7, 3, 3, 2, 1};
        Values largest(2 * 3 * 4 * 3, std::nanf("")), mean(2 * 3, std::nanf(""));
        reference::maxPool(s, x.data(), largest.data());
        reference::averagePool({2, 5, 7, 3}, x.data(), mean.data());
        const auto at = [&](int n, int h, int w, int c) { return x[((n * 5 + h) * 7 + w) * 3 + c]; };
        QCOMPARE(largest[0], std::max({at(0, 0, 0, 0), at(0, 0, 1, 0), at(0, 1, 0, 0), at(0, 1, 1, 0)}));
        float inner = -1e30f;
        for (int h = 1; h <= 3; ++h)
            for (int w = 3; w <= 5; ++w)
                inner = std::max(inner, at(1, h, w, 2));
        QCOMPARE(largest[((3 + 1) * 4 + 2) * 3 + 2], inner); // image 1, window (1, 2): rows 1-3, columns 3-5
        double sum = 0;
        for (int h = 0; h < 5; ++h)
            for (int w = 0; w < 7; ++w)
                sum += at(1, h, w, 1);
        QVERIFY(std::abs(mean[4] - sum / 35) < 1e-6);
    }

    void attentionPaddedAndPacked() {
        for (const bool packed : {false, true}) {
            const SequenceBatch sequences = sequencesOf({9, 4, 1}, 9, packed).value();
            const AttentionShape s{sequences.rows(), 3, 8, sequences.pairs()};
            const Values qkv = random(s.rows * 3 * 24, 5);
            Values y(static_cast<std::size_t>(s.rows * 24), std::nanf(""));
            reference::attention(s, sequences, qkv.data(), y.data());
            QVERIFY(relativeError(y, naiveAttention(s, sequences, qkv)) < 1e-6);
        }
    }

    // What lies in the rows of padding must not reach any other row, and packing must not change an answer.
    void paddingChangesNothing() {
        const BertConfig tiny{"tiny", 2, 64, 4, 100, 16};
        const Model padded = bert(tiny, sequencesOf({12, 5}, 12, false).value()).value();
        const Model packed = bert(tiny, sequencesOf({12, 5}, 12, true).value()).value();
        ModelInputs inputs = syntheticInputs(padded, 9);
        const Values once = forward(padded, inputs);
        ModelInputs dense;
        for (int row = 0; row < 17; ++row) {
            dense.tokens.push_back(inputs.tokens[row]);
            dense.types.push_back(inputs.types[row]);
            dense.positions.push_back(inputs.positions[row]);
        }
        for (int row = 17; row < 24; ++row)
            inputs.tokens[row] = (inputs.tokens[row] + 1) % 100;
        const Values again = forward(padded, inputs), compact = forward(packed, dense);
        QCOMPARE(compact.size(), std::size_t{17 * 64});
        for (int i = 0; i < 17 * 64; ++i) {
            QCOMPARE(again[i], once[i]);
            QVERIFY(std::abs(compact[i] - once[i]) < 1e-5);
        }
    }

    void threadsCannotChangeAnAnswer() {
        const Model model = bert({"tiny", 1, 64, 4, 100, 16}, fullSequences(3, 16)).value();
        const ModelInputs inputs = syntheticInputs(model, 2);
        QVERIFY(forward(model, inputs, 1) == forward(model, inputs, 1));
        const Values one = forward(model, inputs, 1), two = forward(model, inputs, 2);
        for (std::size_t i = 0; i < one.size(); ++i)
            QVERIFY(std::abs(one[i] - two[i]) < 1e-5);
    }

    // Folding: a batch norm after the convolution gives what the folded convolution gives.
    void batchNormFolds() {
        const Model model = resNet(ResNetDepth::Fifty, 1);
        const SyntheticTensors source(4);
        const ModelWeights weights = loadWeights(model, source).value();
        const Op& op = model.ops[2]; // layer1.0.downsample.0: 64 → 256, 1×1
        const std::vector<std::int64_t> k{256}, oihw{256, 64, 1, 1};
        const std::string norm = model.weights[op.weights[0]].sources[1];
        const Values w = source.read(op.name + ".weight", oihw).value(), x = random(64, 8);
        const Values g = source.read(norm + ".weight", k).value(), b = source.read(norm + ".bias", k).value();
        const Values m = source.read(norm + ".running_mean", k).value(),
                     v = source.read(norm + ".running_var", k).value();
        for (int i = 0; i < 256; ++i) {
            double plain = 0, folded = weights[op.weights[1]][i];
            for (int c = 0; c < 64; ++c) {
                plain += double(w[i * 64 + c]) * x[c];
                folded += double(weights[op.weights[0]][i * 64 + c]) * x[c];
            }
            QVERIFY(std::abs((plain - m[i]) / std::sqrt(v[i] + 1e-5) * g[i] + b[i] - folded) < 1e-5);
        }
    }

    // Synthetic weights must leave every activation inside fp16, and alive.
    void activationsStayInHalfRange_data() {
        QTest::addColumn<QString>("id");
        QTest::newRow("resnet101") << "resnet101";
        QTest::newRow("bert") << "bert";
    }

    void activationsStayInHalfRange() {
        QFETCH(QString, id);
        const Model model = id == "bert" ? bert({"narrow", 24, 256, 4, 500, 16}, fullSequences(1, 16)).value()
                                         : resNet(ResNetDepth::HundredAndOne, 1);
        Progress progress;
        const auto device = makeReferenceDevice();
        const auto weights = loadWeights(model, SyntheticTensors(1)).value();
        const auto engine = device->prepare(model, weights, {}, progress).value();
        QVERIFY(engine->setInputs(syntheticInputs(model, 1)));
        QVERIFY(engine->run(1));
        for (std::size_t i = 0; i < model.values.size(); ++i) {
            const Values values = engine->readValue(static_cast<int>(i)).value();
            float largest = 0;
            for (const float value : values)
                largest = std::max(largest, std::abs(value));
            QVERIFY2(
                largest > 0.01f && largest < 2000.f,
                qPrintable(QString::fromStdString(model.values[i].name) + ' ' + QString::number(largest)));
        }
    }
};

QTEST_APPLESS_MAIN(TestReference)
#include "tst_reference.moc"
