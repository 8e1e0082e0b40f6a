#pragma once

#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// An experiment as the user gave it.
struct ExperimentSource {
  std::string path;                    ///< as given; used in messages
  std::string text;                    ///< the file's bytes
  std::vector<std::string> overrides;  ///< "key.path=value", in order, from --set
};

/// Reads the file. Throws InputError if it is missing, a directory or not readable.
ExperimentSource load_experiment(const std::string& path, std::vector<std::string> overrides = {});

/// What an experiment file says.
struct ParsedExperiment {
  Experiment experiment;
  std::vector<Problem>
      warnings;  ///< what is valid, but misleads or is hardly meant; in the order of the file
  std::vector<LandscapeFacts> landscapes;  ///< what was found in the rasters of each, if there are any
};

/// Parses and checks an experiment. Throws InputError with every problem at once, each with line and column.
ParsedExperiment parse_experiment(const ExperimentSource& source);

/// Parses the experiment that a results file holds, which may be of a time when more was allowed. Throws
/// InputError if it is not valid; whether it is wise was for the one who ran it to decide.
Experiment parse_stored_experiment(const std::string& path, const std::string& yaml);

/// The experiment as YAML with every default written out; parsing it gives an equal experiment.
std::string resolved_yaml(const Experiment& experiment);

/// What identifies the runs of an experiment, as YAML: its matrix, and of the other keys that decide a run or
/// which numbers of it are kept those that differ from their defaults, so that it stays the same when
/// firesweep learns new keys. Parsing it gives an experiment with the same runs.
std::string identity_yaml(const Experiment& experiment);

/// The JSON Schema (draft 2020-12) of experiment files, for editors.
std::string experiment_schema();

/// All keys of experiment files, what they may be, their defaults and meanings, as a table in Markdown.
std::string experiment_key_table();

}  // namespace firesweep
