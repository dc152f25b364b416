// What the why panel says of one step: a sentence, the formula with this step's numbers in it, an afterword.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace orrery {

/// A piece of a formula. `mark` ties it to a mark on the plot: hovering it highlights that mark.
struct FormulaTerm {
    QString text;          ///< plain Unicode: "S(", "24.93", "β"; real minus signs
    QString subscript;     ///< drawn as a subscript; empty for none
    bool isResult = false; ///< drawn in brass and bold: what this step made
    QString mark;          ///< "" or a name that the lab's views know: "rho", "threshold"
};

struct Narration {
    QString sentence;                 ///< what happens and why: "Coordinate s5 moves: …"
    std::vector<FormulaTerm> formula; ///< one line; may be empty
    QString afterword;                ///< what follows from it, or what is held at zero; may be empty
};

} // namespace orrery
