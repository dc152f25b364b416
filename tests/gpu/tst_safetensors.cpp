// The reader takes what the format allows in the spellings that are found, and refuses the rest.
#include "gpu/models/bert.h"
#include "gpu/models/safetensors.h"
#include "gpu/models/synthetic.h"
#include "gpu/models/weights.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

using namespace orrery;
using namespace orrery::gpu;

namespace {

std::string fileOf(const std::string& header, std::size_t dataBytes) {
    std::uint64_t length = header.size();
    std::string bytes(reinterpret_cast<const char*>(&length), 8);
    return bytes + header + std::string(dataBytes, '\0');
}

Expected<SafetensorsHeader> parsed(const std::string& bytes) {
    return parseSafetensors(bytes, bytes.size());
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }

    std::string write(const char* name, const std::string& bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }

  private slots:
    void readsWhatItWrote() {
        const std::vector<NamedTensor> tensors{{"a", {2, 3}, {1, 2, 3, 4, 5, 6}}, {"b.weight", {1}, {-7.5f}}};
        QVERIFY(writeSafetensors(path("w"), tensors));
        const auto file = SafetensorsFile::open(path("w"));
        QVERIFY(file);
        for (const NamedTensor& tensor : tensors)
            QVERIFY(file->read(tensor.name, tensor.shape).value() == tensor.values);
        QVERIFY(!file->read("a", std::vector<std::int64_t>{3, 2}));
        QVERIFY(!file->read("c", std::vector<std::int64_t>{1}));
    }

    void readsEveryType() {
        const std::string header =
            R"({"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[4,6]},)"
            R"("d":{"dtype":"F64","shape":[],"data_offsets":[6,14]},"i":{"dtype":"I64","shape":[1],"data_offsets":[14,22]},)"
            R"("e":{"dtype":"F32","shape":[0,5],"data_offsets":[22,22]},"__metadata__":{"format":"pt"}})";
        std::string bytes = fileOf(header, 22);
        const auto put = [&](std::size_t at, auto value) {
            std::memcpy(bytes.data() + 8 + header.size() + at, &value, sizeof value);
        };
        put(0, std::uint16_t{0x3c00}), put(2, std::uint16_t{0xc100}), put(4, std::uint16_t{0x4049});
        put(6, 0.1), put(14, std::int64_t{-3});
        const auto file = SafetensorsFile::open(write("types", bytes));
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        std::vector<std::int64_t> shape;
        QVERIFY((file->readAll("h", shape).value() == std::vector<float>{1.f, -2.5f}));
        QVERIFY(file->readAll("b", shape).value() == std::vector<float>{3.140625f});
        QVERIFY(file->readAll("d", shape).value() == std::vector<float>{0.1f} && shape.empty());
        QVERIFY(file->readAll("i", shape).value() == std::vector<float>{-3.f});
        QVERIFY(file->readAll("e", shape).value().empty());
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("dataBytes");
        QTest::newRow("not JSON") << QByteArray("{\"a\":") << 0;
        QTest::newRow("a list") << QByteArray("[1]") << 0;
        QTest::newRow("no dtype") << QByteArray(R"({"a":{"shape":[1],"data_offsets":[0,4]}})") << 4;
        QTest::newRow("unknown dtype")
            << QByteArray(R"({"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}})") << 4;
        QTest::newRow("negative extent")
            << QByteArray(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})") << 4;
        QTest::newRow("size does not fit the shape")
            << QByteArray(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})") << 4;
        QTest::newRow("behind the end")
            << QByteArray(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})") << 4;
        QTest::newRow("a hole") << QByteArray(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})")
                                << 8;
        QTest::newRow("bytes left over")
            << QByteArray(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})") << 5;
        QTest::newRow("overlap")
            << QByteArray(
                   R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})")
            << 4;
        QTest::newRow("named twice")
            << QByteArray(
                   R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})")
            << 4;
        QTest::newRow("shape overflows")
            << QByteArray(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})")
            << 0;
    }

    void refuses() {
        QFETCH(QByteArray, header);
        QFETCH(int, dataBytes);
        QVERIFY(!parsed(fileOf(header.toStdString(), static_cast<std::size_t>(dataBytes))));
    }

    void refusesCutFiles() {
        const std::string whole = fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8);
        QVERIFY(parsed(whole));
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!parsed(whole.substr(0, length)));
        std::string huge = whole;
        huge[7] = '\x7f';
        QVERIFY(!parsed(huge));
        QVERIFY(!SafetensorsFile::open(path("nowhere")));
    }

    void takesTheNamesOfHuggingFace_data() {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("gain");
        QTest::newRow("usual") << ""
                               << "weight";
        QTest::newRow("with bert.") << "bert."
                                    << "weight";
        QTest::newRow("older norms") << ""
                                     << "gamma";
        QTest::newRow("both") << "bert."
                              << "gamma";
    }

    void takesTheNamesOfHuggingFace() {
        QFETCH(QString, prefix);
        QFETCH(QString, gain);
        const std::string name = (prefix + "encoder.layer.0.output.LayerNorm." + gain).toStdString();
        QVERIFY(writeSafetensors(path("n"), {{name, {2}, {1, 2}}}));
        const auto file = SafetensorsFile::open(path("n")).value();
        const std::vector<std::int64_t> shape{2};
        QVERIFY(file.read("encoder.layer.0.output.LayerNorm.weight", shape));
    }

    void stacksQueryKeyAndValue() {
        const Model model = bert({"tiny", 1, 8, 2, 11, 4}, fullSequences(1, 4)).value();
        const SyntheticTensors source(3);
        const ModelWeights weights = loadWeights(model, source).value();
        const auto& qkv = weights[model.ops[1].weights[0]];
        const auto key =
            source.read("encoder.layer.0.attention.self.key.weight", std::vector<std::int64_t>{8, 8});
        QVERIFY(std::equal(key->begin(), key->end(), qkv.begin() + 64));
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
