#include "job/walltime.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

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

// What Slurm before 23.02, which does not put the job's end into its environment, says of it.
std::optional<double> asked_of_squeue(const char* job) {
  if (non_negative(job) == std::nullopt) return std::nullopt;
  const std::string question =
      fmt::format("timeout 10 squeue --noheader --jobs={} --format=%L 2>/dev/null", job);
  const std::unique_ptr<FILE, int (*)(FILE*)> answer(::popen(question.c_str(), "r"), ::pclose);
  char line[64] = {};
  if (!answer || std::fgets(line, sizeof line, answer.get()) == nullptr) return std::nullopt;
  std::string_view text = line;
  text = text.substr(0, text.find('\n'));
  return clock_time(text);
}

std::optional<double> left_by_slurm() {
  if (const char* const end = std::getenv("SLURM_JOB_END_TIME")) {
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    if (const std::optional<double> at = non_negative(end)) return std::max(0.0, *at - now.count());
  }
  const char* const job = std::getenv("SLURM_JOB_ID");
  return job == nullptr ? std::nullopt : asked_of_squeue(job);
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

Walltime::Walltime(std::optional<double> limit) {
  if (limit) limit_ = *limit;
  if (const std::optional<double> left = left_by_slurm()) limit_ = std::min(limit_, *left);
}

double Walltime::seconds_left(double publication) const {
  // Ranks need a moment to come to an end, and launchers one to clear up; a publication may take longer than
  // the last, as the results grow.
  const double reserve = std::min(30.0, 0.1 * limit_) + 3.0 * publication;
  return limit_ - reserve - since_start_.seconds();
}

}  // namespace firesweep
