// Reader and writer of safetensors files.
//
// Format: u64 little-endian N; N bytes of JSON, {"name": {"dtype", "shape", "data_offsets": [begin, end)}, …,
// "__metadata__": {…}}, offsets into the bytes that follow; row-major, little-endian, no holes, no overlaps.
// Nothing of a file is trusted: every offset is checked against the file and against dtype × shape.
#pragma once

#include "gpu/models/tensor_source.h"

#include <map>
#include <string_view>

namespace orrery::gpu {

enum class DataType : std::uint8_t { F64, F32, F16, BF16, I64, I32, U8, Other };

struct TensorEntry {
    DataType type = DataType::Other;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; ///< of the data, from the first byte behind the header
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::map<std::string, TensorEntry> tensors;
    std::uint64_t dataBegin = 0; ///< from the start of the file
};

/// `bytes`: the file from its start, at least 8 bytes and the header; `fileSize`: of the whole file.
[[nodiscard]] Expected<SafetensorsHeader> parseSafetensors(std::string_view bytes, std::uint64_t fileSize);

class SafetensorsFile final : public TensorSource {
  public:
    [[nodiscard]] static Expected<SafetensorsFile> open(const std::string& path);

    /// Takes the names of torchvision, timm and Hugging Face: a leading "bert." may be there or not, and a
    /// LayerNorm's tensors may be called gamma and beta.
    [[nodiscard]] Expected<std::vector<float>> read(const std::string& name,
                                                    std::span<const std::int64_t> shape) const override;
    /// Any tensor as fp32, in the shape that it has.
    [[nodiscard]] Expected<std::vector<float>> readAll(const std::string& name,
                                                       std::vector<std::int64_t>& shape) const;
    [[nodiscard]] const std::map<std::string, TensorEntry>& tensors() const { return m_header.tensors; }

  private:
    [[nodiscard]] Expected<std::vector<float>> load(const std::string& name, const TensorEntry& entry) const;

    std::string m_path;
    SafetensorsHeader m_header;
};

struct NamedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// All as F32.
[[nodiscard]] Expected<void> writeSafetensors(const std::string& path,
                                              const std::vector<NamedTensor>& tensors);

} // namespace orrery::gpu
