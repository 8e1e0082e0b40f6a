#include "walltime.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "firesweep/check/parse_duration.hpp"
#include "firesweep/check/parse_number.hpp"

namespace firesweep {
namespace {

// What Slurm before 23.02, which does not put the job's end into its environment, says of it.
std::optional<double> asked_of_squeue(const char* job) {
  if (!parse_finite(job)) return std::nullopt;
  const std::string question =
      fmt::format("timeout 10 squeue --noheader --jobs={} --format=%L 2>/dev/null", job);
  const std::unique_ptr<FILE, int (*)(FILE*)> answer(::popen(question.c_str(), "r"), ::pclose);
  char line[64] = {};
  if (!answer || std::fgets(line, sizeof line, answer.get()) == nullptr) return std::nullopt;
  std::string_view text = line;
  text = text.substr(0, text.find('\n'));
  return parse_duration(text);
}

std::optional<double> left_by_slurm() {
  if (const char* const end = std::getenv("SLURM_JOB_END_TIME")) {
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    if (const std::optional<double> at = parse_finite(end)) return std::max(0.0, *at - now.count());
  }
  const char* const job = std::getenv("SLURM_JOB_ID");
  return job == nullptr ? std::nullopt : asked_of_squeue(job);
}

}  // namespace

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
