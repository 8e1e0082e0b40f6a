#include "firesweep/render/score_picture.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

constexpr float no_probability = std::numeric_limits<float>::quiet_NaN();
constexpr double no_interval = std::numeric_limits<double>::quiet_NaN();

/// Width and height in the head of a PNG file.
std::pair<int, int> sides_of(const std::string& png) {
  const auto number_at = [&](std::size_t at) {
    int number = 0;
    for (std::size_t i = at; i < at + 4; ++i) number = 256 * number + static_cast<unsigned char>(png[i]);
    return number;
  };
  return {number_at(16), number_at(20)};
}

TEST_CASE("A picture of scores is a PNG with the diagram beside the map, of any size") {
  const sample::Folder folder;
  for (const Extent extent : {Extent{1, 1}, Extent{3, 2}, Extent{700, 3}}) {
    std::vector<float> probability(extent.cells(), 0.5F);
    std::vector<std::uint8_t> observed(extent.cells(), 1);
    probability.back() = no_probability;
    observed.front() = 255;
    ScoredMap map{extent, probability, observed, 0.5F, {}};
    map.reliability = {{0.0, 0.0, 0.0, 0.0}, {0.5, 0.25, 0.125, 0.75}, {1.0, 1.0, no_interval, no_interval}};
    write_score_picture(folder / "score.png", "title", map);
    const std::string png = sample::bytes_of(folder / "score.png");
    CHECK(png.starts_with("\x89PNG"));
    const auto [width, height] = sides_of(png);
    CHECK(width > 960);
    CHECK(height > 480);
    CHECK(width < 1400);
  }
  CHECK(folder.names() == std::vector<std::string>{"score.png"});
}

TEST_CASE("A picture of scores is not written over a folder") {
  const sample::Folder folder;
  const std::vector<float> probability = {0.5F};
  const std::vector<std::uint8_t> observed = {1};
  CHECK_THROWS_AS(write_score_picture(folder.path(), "title", {{1, 1}, probability, observed, 0.5F, {}}),
                  InputError);
}

}  // namespace
}  // namespace firesweep
