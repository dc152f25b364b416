// Terms of a formula in the why panel, the short way.
#pragma once

#include "widgets/narration/narration.h"

namespace orrery {

[[nodiscard]] inline FormulaTerm plainTerm(const QString& text) {
    return {.text = text};
}
/// Tied to a mark of the plot.
[[nodiscard]] inline FormulaTerm markedTerm(const QString& text, const QString& mark) {
    return {.text = text, .mark = mark};
}
[[nodiscard]] inline FormulaTerm resultTerm(const QString& text) {
    return {.text = text, .isResult = true};
}

} // namespace orrery
