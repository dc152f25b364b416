// NumPy's .npy (one array) and .npz (a zip archive of them).
//
// Elements f2, f4, f8, i1 … i8, u1 … u8, bool and text (U, S), either byte order, C or Fortran order. A one-dimensional
// array is a column under its name; a two-dimensional X is columns X0, X1, …; further axes are laid out along the row
// in C order. Scalars are left out. All arrays of an archive have the same length.
// The format: numpy/lib/format.py, versions 1 to 3.
#pragma once

#include "core/data/readers.h"

namespace orrery::data {

/// `name` is the file's name; a lone array is called by its base name.
[[nodiscard]] TableResult readNpy(std::string_view bytes, const std::string& name, Progress& progress);
[[nodiscard]] TableResult readNpz(std::string_view bytes, const std::string& name, Progress& progress);

} // namespace orrery::data
