#include "gpu/models/safetensors.h"

#include <Eigen/Core>
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <nlohmann/json.hpp>

namespace orrery::gpu {

namespace {

template <class From>
std::vector<float> widened(const std::vector<char>& bytes) {
    std::vector<float> values(bytes.size() / sizeof(From));
    for (std::size_t i = 0; i < values.size(); ++i) {
        From x;
        std::memcpy(&x, bytes.data() + i * sizeof x, sizeof x);
        values[i] = static_cast<float>(x);
    }
    return values;
}

Expected<std::vector<float>> toFloat(DataType type, const std::vector<char>& bytes) {
    switch (type) {
    case DataType::F64:
        return widened<double>(bytes);
    case DataType::F32:
        return widened<float>(bytes);
    case DataType::F16:
        return widened<Eigen::half>(bytes);
    case DataType::BF16:
        return widened<Eigen::bfloat16>(bytes);
    case DataType::I64:
        return widened<std::int64_t>(bytes);
    case DataType::I32:
        return widened<std::int32_t>(bytes);
    case DataType::U8:
        return widened<std::uint8_t>(bytes);
    case DataType::Other:
        break;
    }
    return fail("is of a type that no model uses");
}

void replaceEnd(std::string& name, std::string_view old, std::string_view with) {
    if (name.ends_with(old)) name.replace(name.size() - old.size(), old.size(), with);
}

/// The spellings that are found in the wild, the usual one first.
std::vector<std::string> spellings(const std::string& name) {
    std::string older = name;
    if (name.find("LayerNorm") != std::string::npos) {
        replaceEnd(older, ".weight", ".gamma");
        replaceEnd(older, ".bias", ".beta");
    }
    return {name, "bert." + name, older, "bert." + older};
}

} // namespace

Expected<SafetensorsFile> SafetensorsFile::open(const std::string& path) {
    std::error_code missing;
    const std::uint64_t size = std::filesystem::file_size(path, missing);
    std::ifstream stream(path, std::ios::binary);
    if (missing || !stream) return fail(fmt::format("{}: cannot be opened", path), ErrorCode::NotFound);
    std::uint64_t length = 0;
    stream.read(reinterpret_cast<char*>(&length), sizeof length);
    const std::uint64_t shown =
        std::min<std::uint64_t>(size, std::min<std::uint64_t>(length, 100'000'000) + 8);
    std::string head(shown, '\0');
    stream.clear();
    stream.seekg(0);
    stream.read(head.data(), static_cast<std::streamsize>(shown));
    auto header = parseSafetensors(head, size);
    if (!header) return fail(fmt::format("{}: {}", path, header.error().message));
    SafetensorsFile file;
    file.m_path = path;
    file.m_header = std::move(*header);
    return file;
}

Expected<std::vector<float>> SafetensorsFile::load(const std::string& name, const TensorEntry& entry) const {
    std::ifstream stream(m_path, std::ios::binary);
    std::vector<char> bytes(entry.end - entry.begin);
    stream.seekg(static_cast<std::streamoff>(m_header.dataBegin + entry.begin));
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        return fail(fmt::format("{}: cannot be read any more", m_path));
    auto values = toFloat(entry.type, bytes);
    if (!values) return fail(fmt::format("{}: tensor “{}” {}", m_path, name, values.error().message));
    return values;
}

Expected<std::vector<float>> SafetensorsFile::readAll(const std::string& name,
                                                      std::vector<std::int64_t>& shape) const {
    const auto found = m_header.tensors.find(name);
    if (found == m_header.tensors.end())
        return fail(fmt::format("{}: no tensor “{}”", m_path, name), ErrorCode::NotFound);
    shape = found->second.shape;
    return load(name, found->second);
}

Expected<std::vector<float>> SafetensorsFile::read(const std::string& name,
                                                   std::span<const std::int64_t> shape) const {
    for (const std::string& spelling : spellings(name)) {
        const auto found = m_header.tensors.find(spelling);
        if (found == m_header.tensors.end()) continue;
        if (!std::ranges::equal(found->second.shape, shape))
            return fail(fmt::format("{}: tensor “{}” is {}, where {} is wanted", m_path, spelling,
                                    fmt::join(found->second.shape, "×"), fmt::join(shape, "×")));
        return load(spelling, found->second);
    }
    return fail(fmt::format("{}: no tensor “{}”", m_path, name), ErrorCode::NotFound);
}

Expected<void> writeSafetensors(const std::string& path, const std::vector<NamedTensor>& tensors) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    std::uint64_t at = 0;
    for (const NamedTensor& tensor : tensors) {
        const std::uint64_t end = at + tensor.values.size() * sizeof(float);
        header[tensor.name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {at, end}}};
        at = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // aligned data, as the format recommends
    const std::uint64_t length = text.size();
    std::ofstream stream(path, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(&length), sizeof length);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    for (const NamedTensor& tensor : tensors)
        stream.write(reinterpret_cast<const char*>(tensor.values.data()),
                     static_cast<std::streamsize>(tensor.values.size() * sizeof(float)));
    if (!stream.flush()) return fail(fmt::format("{}: cannot be written", path));
    return {};
}

} // namespace orrery::gpu
