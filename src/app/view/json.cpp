#include "view/json.hpp"

namespace firesweep {

std::string json_text(const Json& json) {
  constexpr int no_indent = -1;
  return json.dump(no_indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace firesweep
