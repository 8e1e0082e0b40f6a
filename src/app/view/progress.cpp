#include "view/progress.hpp"

#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "terminal/terminal.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

constexpr double seconds_between_frames = 0.1;
constexpr double seconds_between_lines = 10.0;
constexpr std::size_t progress_width = 30;

}  // namespace

Progress::Style Progress::style_of_standard_error() {
  return isatty(STDERR_FILENO) == 1 ? Style::bar : Style::lines;
}

void Progress::update(std::uint64_t done, std::uint64_t failed, double seconds_left) {
  const double now = since_start_.seconds();
  if (style_ == Style::silent || now < next_) return;
  // A log needs no line for a start that everyone saw.
  if (style_ == Style::bar || next_ > 0.0) draw(done, failed, seconds_left);
  next_ = now + (style_ == Style::bar ? seconds_between_frames : seconds_between_lines);
}

void Progress::finish(std::uint64_t done, std::uint64_t failed) {
  if (style_ == Style::silent) return;
  draw(done, failed, std::nullopt);
  if (style_ == Style::bar) tell("\n");
}

void Progress::draw(std::uint64_t done, std::uint64_t failed, std::optional<double> seconds_left) const {
  const double elapsed = since_start_.seconds();
  const double share = runs_ == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(runs_);
  const double rate = elapsed > 0.0 ? static_cast<double>(done - done_before_) / elapsed : 0.0;
  std::string text = fmt::format("{:3.0f} %  {} of {}  {} runs/s", 100.0 * share, grouped(done),
                                 counted(runs_, "run"), grouped(static_cast<unsigned long long>(rate)));
  text += seconds_left ? "  " + duration(*seconds_left) + " left" : "  in " + duration(elapsed);
  if (failed > 0) text += fmt::format("  {} failed", grouped(failed));
  if (style_ == Style::lines) {
    tell(text + "\n");
    return;
  }
  const auto filled = static_cast<std::size_t>(share * progress_width);
  const std::string bar = std::string(filled, '#') + std::string(progress_width - filled, '.');
  firesweep::draw(fmt::format("\r\033[K[{}] {}", bar, text));
}

}  // namespace firesweep
