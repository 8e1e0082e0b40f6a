#include "firesweep/check/contract.hpp"

#include <fmt/format.h>

namespace firesweep {

void break_contract(std::string_view what, const char* file, int line) {
  throw BrokenContract(fmt::format("{}:{}: broken contract: {}", file, line, what));
}

}  // namespace firesweep
