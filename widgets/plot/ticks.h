// Where the ticks of an axis go and what they say. Pure functions: no widget, no font.
//
// Linear: steps of 1, 2, 2.5 or 5 times a power of ten, the finest of them with at most `most` ticks.
// Logarithmic: decades, every n-th where they are many; 1-2-5 within less than two decades.
#pragma once

#include <QString>
#include <vector>

namespace orrery {

struct Tick {
    double value = 0.0;
    QString text;  ///< the number, or "10" where `power` is not empty
    QString power; ///< to be set as a superscript
};

struct TickOptions {
    int most = 7;            ///< upper bound for the number of ticks
    bool abbreviate = false; ///< 6k, 1.5M
    bool integers = false;   ///< no tick between whole numbers
};

[[nodiscard]] double tickStep(double lower, double upper, const TickOptions& options);
[[nodiscard]] std::vector<Tick> linearTicks(double lower, double upper, const TickOptions& options);
/// Both bounds > 0.
[[nodiscard]] std::vector<Tick> logTicks(double lower, double upper, const TickOptions& options);

} // namespace orrery
