#include "commands/option_checks.hpp"

#include <string>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"

namespace firesweep {

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

}  // namespace firesweep
