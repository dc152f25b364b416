// A value or one sentence that says what was wrong with the input.
//
// Bad input is an Error, shown once. Numerical trouble is StepStatus::Failed with the reason in the state.
// A bug is an assert. Nothing is thrown across a thread, a library boundary or a step().
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace orrery {

enum class ErrorCode {
    BadInput,    ///< a file, a value or a parameter that cannot be used
    NotFound,    ///< a name, a column or a file that is not there
    Cancelled,   ///< the user asked to stop; nothing changed
    Unsupported, ///< understood, but not possible here
};

struct Error {
    ErrorCode code = ErrorCode::BadInput;
    std::string message; ///< one sentence, with file, line and column or the option where known

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Expected = tl::expected<T, Error>;

/// `return fail("no column named “x”");`
[[nodiscard]] inline tl::unexpected<Error> fail(std::string message, ErrorCode code = ErrorCode::BadInput) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace orrery
