#include "sparkline.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace firesweep {

std::string sparkline(std::span<const std::uint64_t> values, std::size_t width) {
  constexpr std::array<std::string_view, 9> columns = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (values.empty()) return {};
  const double greatest = static_cast<double>(std::max<std::uint64_t>(std::ranges::max(values), 1));
  const std::size_t places = std::min(width, values.size());
  std::string line;
  for (std::size_t i = 0; i < places; ++i) {
    const std::size_t first = i * values.size() / places;
    const std::size_t end = (i + 1) * values.size() / places;
    const double share = static_cast<double>(std::ranges::max(values.subspan(first, end - first))) / greatest;
    // The lowest column stands for the least there is, so that an ember is seen.
    const double height = share > 0.0 ? std::max(share * (columns.size() - 1), 1.0) : 0.0;
    line += columns[static_cast<std::size_t>(height + 0.5)];
  }
  return line;
}

}  // namespace firesweep
