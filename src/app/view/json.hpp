#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace firesweep {

/// Members keep the order in which they were added. Numbers read back as the same double; those that are not
/// finite become null.
using Json = nlohmann::ordered_json;

/// On one line; bytes that are not UTF-8 are replaced.
std::string json_text(const Json& json);

}  // namespace firesweep
