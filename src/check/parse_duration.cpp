#include "firesweep/check/parse_duration.hpp"

#include "firesweep/check/parse_number.hpp"

namespace firesweep {
namespace {

constexpr double minute = 60.0, hour = 3600.0, day = 86400.0;

std::optional<double> non_negative(std::string_view text) {
  const std::optional<double> value = parse_finite(text);
  return value && *value >= 0.0 ? value : std::nullopt;
}

// As Slurm writes it: "30:00", "2:00:00", "1-12", "1-12:30" or "1-12:00:00". Only the first number may be as
// large as it likes.
std::optional<double> clock_time(std::string_view text) {
  double seconds = 0.0;
  bool has_days = false;
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    const std::optional<double> days = non_negative(text.substr(0, dash));
    if (!days) return std::nullopt;
    seconds += *days * day;
    has_days = true;
    text.remove_prefix(dash + 1);
  }
  double unit_sum = 0.0;
  int parts = 0;
  for (bool is_last = false; !is_last; ++parts) {
    const std::size_t colon = text.find(':');
    is_last = colon == std::string_view::npos;
    const std::optional<double> part = non_negative(text.substr(0, colon));
    if (!part) return std::nullopt;
    if (parts > 0 ? *part >= 60.0 : has_days && *part >= 24.0) return std::nullopt;
    unit_sum = 60.0 * unit_sum + *part;
    if (!is_last) text.remove_prefix(colon + 1);
  }
  if (parts > 3 || (parts == 1 && !has_days)) return std::nullopt;
  while (has_days && parts++ < 3) unit_sum *= 60.0;  // behind days hours come first
  return seconds + unit_sum;
}

}  // namespace

std::optional<double> parse_duration(std::string_view text) {
  if (text.find_first_of(":-") != std::string_view::npos) return clock_time(text);
  if (text.empty()) return std::nullopt;
  double unit = 1.0;
  switch (text.back()) {
    case 'd':
      unit = day;
      break;
    case 'h':
      unit = hour;
      break;
    case 'm':
      unit = minute;
      break;
    case 's':
      break;
    default:
      return non_negative(text);
  }
  const std::optional<double> value = non_negative(text.substr(0, text.size() - 1));
  return value ? std::optional(*value * unit) : std::nullopt;
}

}  // namespace firesweep
