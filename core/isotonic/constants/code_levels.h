// The sweeps themselves, a function a level. Each returns the number of sweeps and leaves the fit in place.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace orrery::isotonic {

/// A number as a dynamic language keeps it.
class Number {
  public:
    virtual ~Number() = default;
    [[nodiscard]] virtual bool isAtLeast(const Number& other) const = 0;
    [[nodiscard]] virtual bool equals(const Number& other) const = 0;
    [[nodiscard]] virtual std::unique_ptr<Number> plus(const Number& other) const = 0;
    [[nodiscard]] virtual std::unique_ptr<Number> over(const Number& other) const = 0;
    [[nodiscard]] virtual double value() const = 0;
};
using NumberList = std::vector<std::unique_ptr<Number>>;

[[nodiscard]] NumberList boxed(std::span<const double> values);
[[nodiscard]] std::vector<double> unboxed(const NumberList& values);

[[nodiscard]] std::int64_t sweepBoxed(NumberList& values);
[[nodiscard]] std::int64_t sweepChecked(std::vector<double>& values);
[[nodiscard]] std::int64_t sweepUnchecked(double* values, std::size_t size);
[[nodiscard]] std::int64_t sweepVector(double* values, std::size_t size);

} // namespace orrery::isotonic
