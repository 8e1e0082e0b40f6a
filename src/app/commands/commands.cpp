#include <array>

#include "commands/command.hpp"

namespace firesweep {

Action add_run(CLI::App& command);
Action add_plan(CLI::App& command);
Action add_validate(CLI::App& command);
Action add_levels(CLI::App& command);
Action add_weather(CLI::App& command);
Action add_show(CLI::App& command);
Action add_export(CLI::App& command);
Action add_score(CLI::App& command);
Action add_status(CLI::App& command);
Action add_verify(CLI::App& command);
Action add_merge(CLI::App& command);
Action add_diff(CLI::App& command);
Action add_compare(CLI::App& command);
Action add_replay(CLI::App& command);
Action add_report(CLI::App& command);
Action add_schema(CLI::App& command);

std::span<const Command> commands() {
  static constexpr std::array table = {
      Command{"run", "run an experiment and write its results file", add_run, true},
      Command{"plan", "say what an experiment will take: axes, runs, time, memory, disk", add_plan},
      Command{"validate", "check an experiment file and report every problem in it", add_validate},
      Command{"levels", "show the danger levels and their p(n), or rate a given weather", add_levels},
      Command{"weather", "say what a weather station recorded, rated day by day", add_weather},
      Command{"show", "print what is in a results file, one row per scenario", add_show},
      Command{"export", "write what is in a results file as CSV, PNG, GeoTIFF, ASCII grids and netCDF",
              add_export},
      Command{"score", "score maps of burn probability against a fire that was observed", add_score},
      Command{"status", "say how far a results file is, and whether a job is at work on it", add_status},
      Command{"verify", "check a results file, and make some of its runs again to compare", add_verify},
      Command{"merge", "put the shards of an experiment together", add_merge},
      Command{"diff", "say in what two results files differ", add_diff},
      Command{"compare", "compare the fires of two results files, or of two values of an axis, seed by seed",
              add_compare},
      Command{"replay",
              "make one fire of a results file again, check it, and keep its states and an animation",
              add_replay},
      Command{"report", "make a page with key numbers, figures and provenance (HTML)", add_report},
      Command{"schema", "print the JSON Schema of experiment files, for editors", add_schema},
  };
  return table;
}

}  // namespace firesweep
