// `orrery solve calibration`: a classifier's scores against what happened, before and after calibration.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace orrery::cli {

/// Arguments after "solve calibration". Results go to `out`; bad input is one line on `err` and exit code 2,
/// with nothing written. Exit code 0 otherwise: a calibrator that did not converge says so in one line on
/// `err`.
int solveCalibration(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace orrery::cli
