#include "commands/common_options.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"

namespace firesweep {
namespace {

KernelKind kernel_of(const std::string& given) {
  const std::vector<KernelKind> kinds = available_kernels();
  return *std::find_if(kinds.begin(), kinds.end(), [&](KernelKind kind) { return name(kind) == given; });
}

}  // namespace

CLI::Validator output_name() {
  return CLI::Validator(
      [](const std::string& given) {
        return given.starts_with('=')
                   ? fmt::format("write -o {0} or --output={0} (./{1} if the name is to begin with '=')",
                                 given.substr(1), given)
                   : std::string();
      },
      "");
}

CLI::Validator seconds_from(double least) {
  return CLI::Validator(
      [least](const std::string& given) {
        double seconds = 0.0;
        const bool is_number = CLI::detail::lexical_cast(given, seconds);
        return is_number && seconds >= least && seconds <= 1e9
                   ? std::string()
                   : fmt::format("'{}' is not a number of seconds from {:g} on", given, least);
      },
      "");
}

CLI::Validator number_or_share() {
  return CLI::Validator(
      [](const std::string& given) {
        double number = 0.0;
        return CLI::detail::lexical_cast(given, number)
                   ? std::string()
                   : fmt::format("'{}' is not a number{}", given, share_suggestion(given));
      },
      "");
}

void add_experiment(CLI::App& command, std::string& path, std::vector<std::string>& overrides) {
  command.add_option("EXPERIMENT", path, "the experiment file (YAML)")->required();
  command
      .add_option("--set", overrides,
                  "override keys of the experiment, e.g. --set landscape.width=512 max_steps=900")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

void add_results_file(CLI::App& command, std::string& path) {
  command.add_option("FILE", path, "a results file")->required();
}

void add_threads(CLI::App& command, int& threads) {
  command
      .add_option(
          "--threads", threads,
          "threads per rank (default: OMP_NUM_THREADS, else SLURM_CPUS_PER_TASK, else the cores it may use)")
      ->check(CLI::Range(1, 4096))
      ->type_name("N");
}

void add_kernel(CLI::App& command, KernelKind& kernel) {
  std::vector<std::string> kernels;
  for (const KernelKind kind : available_kernels()) kernels.emplace_back(name(kind));
  command
      .add_option_function<std::string>(
          "--kernel", [&kernel](const std::string& given) { kernel = kernel_of(given); },
          "how fires are burnt; all give the same bytes (default: auto)")
      ->check(CLI::IsMember(kernels))
      ->type_name("KERNEL");
}

void add_scenarios(CLI::App& command, std::vector<std::string>& scenarios) {
  command
      .add_option("--scenario", scenarios,
                  "only these, e.g. danger_level=extreme,ignition_set=centre; may be repeated")
      ->type_name("AXIS=VALUE,")
      ->allow_extra_args(false);
}

}  // namespace firesweep
