#pragma once

#include <string_view>

namespace firesweep {

/// Writes to standard error. If that is closed or its disk is full, nobody can be told, and the work goes on.
void tell(std::string_view text);

/// Makes sure that what was printed on standard output has arrived. Throws std::runtime_error if it has not.
void finish_output();

}  // namespace firesweep
