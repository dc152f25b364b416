// Data to pixels along one axis, linear or logarithmic, and back. A value, cheap to copy.
#pragma once

#include <cmath>
#include <limits>

namespace orrery {

class AxisMap {
  public:
    AxisMap() = default;
    /// `lower` falls on pixel `from`, `upper` on `to`.
    AxisMap(double lower, double upper, double from, double to, bool logarithmic)
        : m_origin(logarithmic ? std::log(lower) : lower)
        , m_from(from)
        , m_scale((to - from) / ((logarithmic ? std::log(upper) : upper) - m_origin))
        , m_logarithmic(logarithmic) {}

    /// NaN where a log axis has no place for the value.
    [[nodiscard]] double pixel(double value) const {
        if (m_logarithmic) {
            if (!(value > 0.0)) return std::numeric_limits<double>::quiet_NaN();
            value = std::log(value);
        }
        return m_from + (value - m_origin) * m_scale;
    }
    [[nodiscard]] double value(double pixel) const {
        const double along = m_origin + (pixel - m_from) / m_scale;
        return m_logarithmic ? std::exp(along) : along;
    }
    [[nodiscard]] bool isLogarithmic() const { return m_logarithmic; }
    friend bool operator==(const AxisMap&, const AxisMap&) = default;

  private:
    double m_origin = 0.0; ///< of the lower bound, after the logarithm
    double m_from = 0.0;
    double m_scale = 1.0;
    bool m_logarithmic = false;
};

} // namespace orrery
