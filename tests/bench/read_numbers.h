// Numbers that a driver of a bench wrote for its program: raw, in the order of the machine.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace orrery::bench {

/// All of a file as values of T; empty where it cannot be read.
template <class T>
std::vector<T> readNumbers(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return {};
    std::vector<T> values(static_cast<std::size_t>(file.tellg()) / sizeof(T));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(T)));
    return values;
}

} // namespace orrery::bench
