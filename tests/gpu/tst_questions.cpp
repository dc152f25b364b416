// From a text to tokens and from a picture to pixels, against other people's programs.
#include "core/support/rng.h"
#include "gpu/models/bert.h"
#include "gpu/models/picture.h"
#include "gpu/models/variants.h"
#include "gpu/reference/reference_device.h"
#include "gpu/runner/ask.h"
#include "gpu/runner/waterfall.h"
#include "gpu/text/characters.h"
#include "gpu/text/word_piece.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

using namespace orrery;
using namespace orrery::gpu;

namespace {

QJsonObject golden(const char* path) {
    QFile file(QString(ORRERY_TEST_DATA) + '/' + path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// The picture of tests/data/picture/make_golden.py.
Picture pictureOf(std::int64_t width, std::int64_t height) {
    Picture p{width, height, {}};
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x)
            for (std::int64_t c = 0; c < 3; ++c)
                p.rgb.push_back(
                    static_cast<std::uint8_t>((x * 7 + y * 13 + c * 50 + (x * y) % 31 * 3) % 256));
    return p;
}

std::string base64Of(const Picture& p) {
    return QByteArray(reinterpret_cast<const char*>(p.rgb.data()), static_cast<qsizetype>(p.rgb.size()))
        .toBase64()
        .toStdString();
}

std::string ppmOf(const Picture& p) {
    return "P6\n# a comment\n" + std::to_string(p.width) + ' ' + std::to_string(p.height) + "\n255\n" +
           std::string(p.rgb.begin(), p.rgb.end());
}

} // namespace

class TestQuestions : public QObject {
    Q_OBJECT
  private slots:
    // Hugging Face's tokenizers on the same vocabulary, cased and uncased.
    void tokensAreThoseOfHuggingFace() {
        const QJsonObject file = golden("word_piece/texts.json");
        std::vector<std::string> words;
        for (const auto word : file["words"].toArray())
            words.push_back(word.toString().toStdString());
        QVERIFY(!words.empty());
        const auto cased = WordPiece::of(words, false).value(), uncased = WordPiece::of(words, true).value();
        for (const auto item : file["cases"].toArray()) {
            const QJsonObject c = item.toObject();
            QJsonArray ours;
            const auto& tokenizer = c["lower"].toBool() ? uncased : cased;
            for (const std::int32_t id : tokenizer.encode(c["text"].toString().toStdString()))
                ours.append(id);
            QVERIFY2(ours == c["ids"].toArray(),
                     qPrintable(QString::fromUtf8(QJsonDocument(c).toJson() + QJsonDocument(ours).toJson())));
        }
    }

    void aVocabularyWantsItsSpecialWords() {
        QVERIFY(!WordPiece::of({"a", "[PAD]"}, true));
        QVERIFY(!WordPiece::open("nowhere/vocab.txt"));
    }

    void utf8() {
        const std::u32string text = U"aé€𐐀";
        QVERIFY(decodeUtf8(encodeUtf8(text)) == text);
        QVERIFY(decodeUtf8("\xff"
                           "a\xe2\x82"
                           "b\xc0\x80\xed\xa0\x80") == U"\uFFFDa\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    }

    // PIL rounds to whole levels after each of its two passes; we do not: one and a half levels apart at
    // most.
    void pixelsAreThoseOfThePicturesLibrary() {
        const QJsonArray cases = golden("picture/seen.json")["cases"].toArray();
        QVERIFY(!cases.isEmpty());
        for (const auto item : cases) {
            const QJsonObject c = item.toObject();
            const Picture picture = pictureOf(c["width"].toInteger(), c["height"].toInteger());
            const std::vector<float> pixels = normalised(picture);
            double sum = 0;
            for (const float x : pixels)
                sum += double{x};
            QVERIFY(std::abs(sum / double(pixels.size()) - c["mean"].toDouble()) < 2e-3);
            for (const auto point : c["points"].toArray()) {
                const QJsonArray p = point.toArray();
                const auto at =
                    static_cast<std::size_t>((p[0].toInt() * 224 + p[1].toInt()) * 3 + p[2].toInt());
                QVERIFY2(std::abs(double{pixels[at]} - p[3].toDouble()) < 1.5 / 255 / 0.224,
                         qPrintable(QString("%1×%2 at %3").arg(picture.width).arg(picture.height).arg(at)));
            }
        }
    }

    void picturesAreReadFromFilesAndLines() {
        const Picture p = pictureOf(5, 3);
        const auto fromFile = parsePpm(ppmOf(p)), fromLine = pictureFromBase64(base64Of(p), 5, 3);
        QVERIFY(fromFile && fromLine);
        QVERIFY(fromFile->rgb == p.rgb && fromLine->rgb == p.rgb);
        QVERIFY(fromFile->width == 5 && fromFile->height == 3);
        const std::string whole = ppmOf(p);
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!parsePpm(whole.substr(0, length)));
        QVERIFY(!pictureFromBase64(base64Of(p), 5, 4));
        QVERIFY(!pictureFromBase64("!!!!", 1, 1));
        QVERIFY(!pictureFromBase64("", 0, 0));
        QVERIFY(!parsePpm("P6 99999999 99999999 255\n"));
    }

    // Random weights: which classes come out means nothing, that they are sorted and sum to at most 1 does.
    void aPictureIsClassified() {
        Progress progress;
        const auto cpu = makeReferenceDevice();
        Asker asker;
        AskRequest ask;
        const Picture p = pictureOf(64, 48);
        ask.rgb = base64Of(p), ask.width = p.width, ask.height = p.height;
        const auto answer = asker.classify(*cpu, {}, ask, progress);
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->classes.size(), std::size_t{5});
        double sum = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            sum += answer->classes[i].probability;
            QVERIFY(i == 0 || answer->classes[i].probability <= answer->classes[i - 1].probability);
        }
        QVERIFY(sum > 0 && sum <= 1);
        QCOMPARE(answer->weights, std::string("drawn from seed 1"));
        const auto again = asker.classify(*cpu, {}, ask, progress);
        QVERIFY(again && again->classes[0].index == answer->classes[0].index);
        ask.width = 3;
        QVERIFY(!asker.classify(*cpu, {}, ask, progress));
        BenchRequest text;
        text.model = "bert-base";
        QVERIFY(!asker.classify(*cpu, text, ask, progress));
    }

    // The head is LayerNorm(GELU(x·Wᵀ + b))·Eᵀ + c, E being the embeddings.
    void theMaskedHeadIsWhatItSays() {
        const BertConfig tiny{"tiny", 1, 64, 4, 30, 16};
        const Model plain = bert(tiny, fullSequences(1, 5)).value(),
                    headed = bert(tiny, fullSequences(1, 5), true).value();
        QCOMPARE(headed.values[headed.output].width, std::int64_t{30});
        Progress progress;
        const SyntheticTensors source(3);
        const auto cpu = makeReferenceDevice();
        const auto run = [&](const Model& model) {
            auto engine = cpu->prepare(model, loadWeights(model, source).value(), {}, progress).value();
            if (!engine->setInputs(syntheticInputs(model, 4)) || !engine->run(1)) return std::vector<float>();
            return engine->readValue(model.output).value();
        };
        const std::vector<float> hidden = run(plain), logits = run(headed);
        const auto tensor = [&](const std::string& name, std::vector<std::int64_t> shape) {
            return source.read(name, shape).value();
        };
        const std::string in = "cls.predictions.";
        const auto w = tensor(in + "transform.dense.weight", {64, 64}),
                   b = tensor(in + "transform.dense.bias", {64}),
                   gain = tensor(in + "transform.LayerNorm.weight", {64}),
                   shift = tensor(in + "transform.LayerNorm.bias", {64}),
                   words = tensor("embeddings.word_embeddings.weight", {30, 64}),
                   bias = tensor(in + "bias", {30});
        for (int row = 0; row < 5; ++row) {
            std::vector<double> h(64);
            double mean = 0, variance = 0;
            for (int i = 0; i < 64; ++i) {
                double sum = b[i];
                for (int k = 0; k < 64; ++k)
                    sum += double(w[i * 64 + k]) * hidden[row * 64 + k];
                h[i] = 0.5 * sum * (1 + std::erf(sum / std::sqrt(2.0)));
                mean += h[i] / 64;
            }
            for (const double x : h)
                variance += (x - mean) * (x - mean) / 64;
            for (int v = 0; v < 30; ++v) {
                double logit = bias[v];
                for (int i = 0; i < 64; ++i)
                    logit += ((h[i] - mean) / std::sqrt(variance + 1e-12) * gain[i] + shift[i]) *
                             words[v * 64 + i];
                QVERIFY(std::abs(logit - logits[row * 30 + v]) < 1e-4);
            }
        }
    }

    void aMaskIsFilled() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("vocab.txt").toStdString();
        std::ofstream(path) << "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nparis\nis\nhere\n";
        Progress progress;
        const auto cpu = makeReferenceDevice();
        Asker asker;
        BenchRequest request;
        request.model = "bert-base";
        AskRequest ask;
        ask.text = "Paris is [MASK].", ask.vocabulary = path, ask.top = 3;
        const auto answer = asker.fillMask(*cpu, request, ask, progress);
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QVERIFY(
            (answer->tokens == std::vector<std::string>{"[CLS]", "paris", "is", "[MASK]", "[UNK]", "[SEP]"}));
        QCOMPARE(answer->masks.size(), std::size_t{1});
        QCOMPARE(answer->masks[0].token, std::int64_t{3});
        QCOMPARE(answer->masks[0].words.size(), std::size_t{3});
        ask.text = "Paris is here.";
        QVERIFY(!asker.fillMask(*cpu, request, ask, progress));
    }

    // Batch norm on its own, passes on their own, contexts side by side: the same numbers.
    void everyVariantGivesTheSameAnswer() {
        Progress progress;
        const auto cpu = makeReferenceDevice();
        std::vector<float> first;
        for (const std::string& name : cpu->variants(Task::ImageClassification)) {
            const Variant variant = variantNamed(Task::ImageClassification, name).value();
            const Model model = modelOf("resnet50", fullSequences(1, 1), {variant.folded, false}).value();
            const auto engine =
                cpu->prepare(model, loadWeights(model, SyntheticTensors(1)).value(), variant, progress)
                    .value();
            QVERIFY(engine->setInputs(syntheticInputs(model, 1)) && engine->run(1));
            const std::vector<float> logits = engine->readValue(model.output).value();
            if (first.empty()) first = logits;
            double error = 0, norm = 0;
            for (std::size_t i = 0; i < logits.size(); ++i) {
                error += std::pow(double{logits[i]} - first[i], 2);
                norm += std::pow(double{first[i]}, 2);
            }
            QVERIFY2(std::sqrt(error / norm) < 1e-5, name.c_str());
        }
    }

    void busyIsTheUnionOfTheSpans() {
        const std::vector<KernelSpan> spans{{0, "", 0, 2}, {1, "", 1, 3}, {2, "", 5, 6}, {3, "", 5.5, 5.75}};
        QCOMPARE(busySeconds(spans), 4.0);
        QCOMPARE(busySeconds({}), 0.0);
    }

    void aTailWantsAThousandTimes() {
        std::vector<double> times(999, 1e-3);
        QVERIFY(!percentilesUs(times).contains("p99.9"));
        times.push_back(5e-3);
        QCOMPARE(percentilesUs(times).at("p99.9"), 1000.0);
        times.insert(times.end(), 3, 5e-3);
        QCOMPARE(percentilesUs(times).at("p99.9"), 5000.0);
    }
};

QTEST_APPLESS_MAIN(TestQuestions)
#include "tst_questions.moc"
