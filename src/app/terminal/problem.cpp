#include "terminal/problem.hpp"

#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/process_memory.hpp"
#include "firesweep/job/out_of_memory.hpp"
#include "firesweep/parallel/farm.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/results_lock.hpp"

#include "terminal/terminal.hpp"

namespace firesweep {

ExitCode report_problem() {
  const auto say = [](ExitCode code, std::string_view what) {
    tell(fmt::format("firesweep: {}\n", what));
    return code;
  };
  try {
    throw;
  } catch (const InputError& error) {
    tell(fmt::format("{}\n", error.what()));  // begins with file, line and column
    return ExitCode::bad_input;
  } catch (const BadResultsFile& error) {
    return say(ExitCode::unusable_results, error.what());
  } catch (const ResultsLocked& error) {
    return say(ExitCode::unusable_results, error.what());
  } catch (const CannotWrite& error) {
    return say(ExitCode::unusable_results, error.what());
  } catch (const RootLost& error) {
    return say(ExitCode::interrupted, error.what());
  } catch (const HelperUnavailable& error) {
    return say(ExitCode::helper_unavailable, error.what());
  } catch (const OutputLost& error) {
    return say(ExitCode::output_lost, error.what());
  } catch (const OutOfMemory& error) {
    return say(ExitCode::out_of_memory, error.what());
  } catch (const std::bad_alloc&) {
    const AvailableMemory available = available_memory();
    return say(ExitCode::out_of_memory,
               fmt::format("out of memory, by {}; 'firesweep plan' says what an experiment takes",
                           available.limit.empty() ? "a limit that is not known" : available.limit));
  } catch (const std::exception& error) {
    // Whoever printed last cannot have known.
    const bool is_lost = std::ferror(stdout) != 0;
    if (is_lost)
      return say(ExitCode::output_lost, fmt::format("standard output cannot be written ({})", error.what()));
    return say(ExitCode::internal_error, error.what());
  }
}

void tell_warnings(const std::vector<Problem>& warnings) {
  for (const Problem& warning : warnings)
    tell(fmt::format("{}: warning: {}\n", to_string(warning.where), warning.message));
}

void warn_if_changed(const std::string& results_path) {
  if (is_sealed(results_path)) return;
  tell(
      fmt::format("firesweep: warning: {}: was changed after firesweep wrote it (it has no seal); 'firesweep "
                  "verify' says whether its content still fits its hash\n",
                  results_path));
}

void warn_of_lost_seal(const std::string& results_path) {
  if (is_sealed(results_path)) return;
  tell(fmt::format(
      "firesweep: warning: {}: has no seal, so something else wrote to it; its hashes fit what it "
      "holds, but who changed it may have changed them, too\n",
      results_path));
}

}  // namespace firesweep
