#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace firesweep {

/// A map of the experiment file and the keys it may have; the file itself is the one without a name.
struct ExperimentSection {
  std::string_view name;
  std::vector<std::string_view> keys;
};

const std::vector<ExperimentSection>& experiment_sections();

/// The keys of the section of that name.
const std::vector<std::string_view>& keys_of(std::string_view section);

/// Whether a key is a parameter that is kept only, as fires do not depend on it yet. It is no axis.
bool is_idle(std::string_view key);

/// Returns "; it belongs in weather or matrix" for a key of sections, or "" for a key of none.
std::string belonging(std::string_view key);

}  // namespace firesweep
