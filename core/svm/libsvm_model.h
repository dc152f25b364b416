// LIBSVM's model files: svm_type, kernel_type, their parameters, labels, rho, and one line a support vector.
//
//   c_svc        k classes, k(k − 1)/2 values of rho, k − 1 coefficients a support vector, nr_sv a class;
//                probA and probB a pair where there are probabilities
//   epsilon_svr, one_class   one decision function
//
// Numbers are written so that they read back bit for bit (17 digits). The Laplacian kernel, which LIBSVM does
// not have, is written as `kernel_type laplacian`: this program alone reads it.
#pragma once

#include "core/svm/multiclass.h"

#include <string>
#include <variant>

namespace orrery::svm {

/// Classification is always a MulticlassModel, two classes being one pair; the other kinds are a SvmModel.
using AnyModel = std::variant<MulticlassModel, SvmModel>;

/// Fails in one sentence that names the line. The text decides how much is allocated, never a number in it.
[[nodiscard]] Expected<AnyModel> readLibsvmModel(std::string_view text, const std::string& name);
[[nodiscard]] std::string writeLibsvmModel(const AnyModel& model);

/// A trained machine of two classes +1 and −1 as the file's kind of model.
[[nodiscard]] MulticlassModel asMulticlass(const SvmModel& model);

} // namespace orrery::svm
