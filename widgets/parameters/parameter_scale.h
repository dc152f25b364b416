// Between a number, a slider's position and the text of a field.
#pragma once

#include "core/support/parameter.h"

#include <QString>

namespace orrery {

/// Position 0 … `positions` of a number on the spec's slider, clamped to its ends.
[[nodiscard]] int positionOf(const ParameterSpec& spec, double number, int positions);

/// The number at a position, rounded to what a hand can mean: three digits, or a thousandth of the span; the
/// ends exactly.
[[nodiscard]] double numberAt(const ParameterSpec& spec, int position, int positions);

/// What the field shows: real minus, thin-space thousands in whole numbers, four digits of a real one that is
/// not short by itself. parseParameter() reads it back.
[[nodiscard]] QString fieldText(const ParameterSpec& spec, const ParameterValue& value);

/// A value's number: integer or real; 0 for the other kinds.
[[nodiscard]] double numberOf(const ParameterValue& value);

/// An integer spec's value of a number, rounded; a real spec's as it is.
[[nodiscard]] ParameterValue valueOfNumber(const ParameterSpec& spec, double number);

} // namespace orrery
