#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "terminal/problem.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct ReportOptions {
  std::string path;
  std::optional<std::string> output;  ///< absent: the file's name with .html, in the current folder
  std::vector<std::string> choices;   ///< "AXIS=VALUE": what pictures show
};

namespace fs = std::filesystem;

// A package of Python that the report needs, and the one of Debian and Ubuntu that holds it.
struct Requirement {
  std::string_view module;
  std::string_view package;
};

constexpr std::array<Requirement, 5> requirements = {{{"numpy", "python3-numpy"},
                                                      {"scipy", "python3-scipy"},
                                                      {"xarray", "python3-xarray"},
                                                      {"h5netcdf", "python3-h5netcdf"},
                                                      {"matplotlib", "python3-matplotlib"}}};

std::optional<std::string> from_environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>(value);
}

// Where this program would be installed with its data, if it is installed.
fs::path share_folder() {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  return (program.parent_path() / FIRESWEEP_SHARE_FROM_PROGRAM).lexically_normal();
}

// The folder that holds the package firesweep_analysis.
std::string analysis_folder() {
  const auto named = from_environment("FIRESWEEP_ANALYSIS");
  const std::vector<std::string> places =
      named ? std::vector{*named}
            : std::vector<std::string>{share_folder() / "analysis", FIRESWEEP_SOURCE_ANALYSIS};
  std::error_code ignored;
  for (const fs::path place : places)
    if (fs::is_regular_file(place / "firesweep_analysis" / "report.py", ignored)) return fs::absolute(place);
  throw HelperUnavailable(
      fmt::format("the analysis package, which makes the report, is not in {}; set FIRESWEEP_ANALYSIS to the "
                  "folder that holds firesweep_analysis",
                  fmt::join(places, " nor in ")));
}

// Runs a program, found by its path or on PATH, as it is: no shell reads its arguments. Returns its exit
// code, 128 and the signal that ended it, or nothing if it could not be started.
std::optional<int> exit_code_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0)
    return std::nullopt;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "wait for " + command[0]);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The requirements that a Python lacks, or nothing if there is no such Python.
std::optional<std::vector<Requirement>> lacking(const std::string& python) {
  // It looks for them without loading them, which would take seconds, and answers with a bit each.
  constexpr int answer = 64;
  std::vector<std::string> probe = {
      python, "-c",
      fmt::format("import sys, importlib.util as u; "
                  "sys.exit({} + sum((u.find_spec(m) is None) << i for i, m in enumerate(sys.argv[1:])))",
                  answer)};
  for (const Requirement& requirement : requirements) probe.emplace_back(requirement.module);
  const int code = exit_code_of(probe).value_or(0);
  static_assert(requirements.size() <= 6,
                "an exit code has eight bits, two of which tell an answer from a failure");
  if (code < answer || code >= 2 * answer) return std::nullopt;
  std::vector<Requirement> missing;
  for (std::size_t i = 0; i < requirements.size(); ++i)
    if ((code - answer) >> i & 1) missing.push_back(requirements[i]);
  return missing;
}

// A Python that has what the report needs.
std::string suitable_python() {
  const auto named = from_environment("FIRESWEEP_PYTHON");
  const std::vector<std::string> candidates =
      named ? std::vector<std::string>{*named} : std::vector<std::string>{"/usr/bin/python3", "python3"};
  std::vector<std::string> findings;
  std::vector<std::string_view> packages;
  for (const std::string& python : candidates) {
    const auto missing = lacking(python);
    if (!missing) {
      findings.push_back(python + " does not run");
      continue;
    }
    if (missing->empty()) return python;
    std::vector<std::string_view> modules;
    for (const auto& [module, package] : *missing) {
      modules.push_back(module);
      if (std::ranges::find(packages, package) == packages.end()) packages.push_back(package);
    }
    findings.push_back(fmt::format("{} lacks {}", python, fmt::join(modules, ", ")));
  }
  if (packages.empty())
    packages.push_back("python3-matplotlib python3-h5netcdf python3-xarray python3-scipy");
  throw HelperUnavailable(fmt::format(
      "the report is made by Python: {}; on Debian and Ubuntu 'apt-get install {}' installs what is "
      "missing, or FIRESWEEP_PYTHON names another Python",
      fmt::join(findings, ", "), fmt::join(packages, " ")));
}

// Only a page of HTML may be replaced, not the results themselves or something else of the user's.
void expect_replaceable_page(const std::string& page) {
  constexpr std::string_view beginning = "<!DOCTYPE html";
  if (page.empty()) throw InputError("-o: the name of the page is empty");
  std::error_code ignored;
  const fs::path folder = fs::absolute(page).parent_path();
  if (!fs::is_directory(folder, ignored))
    throw InputError(page + ": the folder " + folder.string() + " does not exist; create it first");
  if (!fs::exists(page, ignored)) return;
  std::string found(beginning.size(), '\0');
  if (fs::is_regular_file(page, ignored)) std::ifstream(page).read(found.data(), beginning.size());
  if (found != beginning)
    throw CannotWrite(page + ": is there already and is no HTML page; choose another output with -o");
}

ExitCode report_command(const ReportOptions& options) {
  // Says what is wrong with the file, if anything.
  static_cast<void>(StoredEnsemble(options.path, StoredEnsemble::Check::file));
  warn_if_changed(options.path);
  const std::string analysis = analysis_folder();
  const auto others = from_environment("PYTHONPATH");
  ::setenv("PYTHONPATH", (analysis + (others ? ":" + *others : "")).c_str(), 1);
  ::setenv("PYTHONSAFEPATH", "1", 1);  // modules that happen to lie in the current folder are not meant
  std::vector<std::string> command = {suitable_python(), "-B", "-m", "firesweep_analysis.report"};
  const std::string page =
      options.output.value_or(fs::path(options.path).filename().replace_extension(".html").string());
  expect_replaceable_page(page);
  command.push_back("--output=" + page);
  for (const std::string& choice : options.choices) command.push_back("--at=" + choice);
  command.insert(command.end(), {"--", options.path});

  const auto code = exit_code_of(command);
  if (!code) throw HelperUnavailable(command[0] + " cannot be started");
  if (*code == 0) {
    fmt::print("{}: {}; open it in a browser\n", page, bytes_text(fs::file_size(page)));
    return ExitCode::done;
  }
  const auto own = static_cast<ExitCode>(*code);
  const bool is_understood = own == ExitCode::bad_input || own == ExitCode::unusable_results;
  return is_understood ? own : ExitCode::internal_error;  // what it died of is on standard error
}

}  // namespace

Action add_report(CLI::App& report) {
  const auto read = std::make_shared<ReportOptions>();
  ReportOptions& options = *read;
  add_results_file(report, options.path);
  report.add_option("-o,--output", options.output, "the page (default: the file's name with .html)")
      ->check(output_name())
      ->type_name("FILE");
  report
      .add_option(
          "--at", options.choices,
          "what pictures show, e.g. ignition_set=ridge (default: where there are runs, of numbers the "
          "middle, of names the first); may be repeated")
      ->type_name("AXIS=VALUE")
      ->allow_extra_args(false);
  report.footer(
      "Example:\n  firesweep report danger-levels.h5\n\n"
      "The page stands alone: whoever gets it needs a browser only. It is made by Python with xarray and "
      "matplotlib\n"
      "(/usr/bin/python3, or FIRESWEEP_PYTHON) and the analysis package that comes with firesweep (or "
      "FIRESWEEP_ANALYSIS).\nExit code 69 if one of them is missing.");
  return [read](const Invocation&) { return report_command(*read); };
}

}  // namespace firesweep
