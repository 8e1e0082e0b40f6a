#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/experiment.hpp"

#include "key_values.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// A key of the experiment file. Whatever reads, writes, compares or describes experiment files goes through
/// these rows.
struct ExperimentKey {
  enum class Role : std::uint8_t {
    run,        ///< decides what runs there are, or which numbers of them are kept
    judgement,  ///< says how runs are judged, and nothing of any run
  };
  using Decode = std::function<void(const SourceNode&, ValueDecoder&, Experiment&)>;
  using Text = std::function<std::optional<std::string>(const Experiment&)>;

  std::string_view section;  ///< empty: the file itself
  std::string_view name;
  std::string meaning;  ///< a sentence or half of one, with the unit in brackets
  Role role = Role::run;
  Json form;      ///< what a value may be, and the default if it has one, as JSON Schema says it;
                  ///< null: not described, as it is of no use any more
  Decode decode;  ///< writes the value into the experiment, or notes a problem; none for axes and exclude
  Text text;      ///< the value as YAML, or nothing if the experiment does not set it; none for the same
  Text identity =
      {};  ///< the same without what says nothing of any run, such as where a file lies; none: all of it

  std::string full_name() const;  ///< e.g. "landscape.width"

  /// Its role in an experiment: where embers fly, how large cells are decides the runs.
  Role role_in(const Experiment& experiment) const;
};

/// All keys, in the order in which they are written. Keys of one section follow each other.
const std::vector<ExperimentKey>& experiment_keys();

/// A map of the experiment file and the keys it may have; the file itself is the one without a name, and
/// comes first.
struct ExperimentSection {
  std::string_view name;
  std::string_view meaning;
  std::vector<std::string_view> keys;
};

const std::vector<ExperimentSection>& experiment_sections();

/// The keys of the section of that name.
const std::vector<std::string_view>& keys_of(std::string_view section);

/// Returns "; it belongs in weather or matrix" for a key of sections, or "" for a key of none.
std::string belonging(std::string_view key);

}  // namespace firesweep
