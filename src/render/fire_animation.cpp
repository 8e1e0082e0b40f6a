#include "firesweep/render/fire_animation.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/files/descriptor.hpp"
#include "firesweep/files/output_file.hpp"

#include "fire_picture.hpp"
#include "gif_file.hpp"

namespace firesweep {
namespace {

constexpr std::uint64_t most_pictures = 200;

/// Only an animation may be replaced.
void expect_replaceable_animation(const std::string& path) {
  constexpr std::string_view signature = "GIF8";
  std::error_code ignored;
  if (!std::filesystem::exists(expected_destination(path), ignored)) return;
  std::string found(signature.size(), '\0');
  if (std::filesystem::is_regular_file(path, ignored))
    Descriptor(path, O_RDONLY).read(0, std::as_writable_bytes(std::span(found)));
  if (found != signature)
    throw CannotWrite(path + ": is there already and is no GIF; choose another animation with --gif");
}

/// The first and the last step and others evenly between them.
std::vector<std::uint32_t> shown_steps(std::uint32_t last) {
  const std::uint64_t pictures = std::min<std::uint64_t>(std::uint64_t{last} + 1, most_pictures);
  std::vector<std::uint32_t> steps = {0};
  for (std::uint64_t i = 1; i < pictures; ++i)
    steps.push_back(static_cast<std::uint32_t>(i * last / (pictures - 1)));
  return steps;
}

/// How long each of so many pictures is shown [hundredths of a second]: a tenth of a second if the fire then
/// takes 5 to 15 seconds, but no picture longer than a second.
int time_of_each(std::size_t pictures) {
  const int count = static_cast<int>(pictures);
  return std::min(std::clamp(10, (500 + count - 1) / count, 1500 / count), 100);
}

/// A stretch of one side of the landscape that shows [first, last] and some of what is around it.
struct Stretch {
  std::uint32_t first = 0;
  std::uint32_t length = 0;
};

Stretch around(std::uint32_t first, std::uint32_t last, std::uint32_t side) {
  constexpr std::uint32_t least = 32;
  const std::uint32_t burnt = last - first + 1;
  const std::uint32_t length = std::min(std::max(burnt + 2 * std::max(burnt / 5, 4U), least), side);
  const std::uint32_t before = std::min(first, (length - burnt) / 2);
  return {std::min(first - before, side - length), length};
}

class FireAnimation final : public FireRecorder {
 public:
  FireAnimation(const std::string& path, const ReplayedFire& fire, const View& view)
      : path_(path),
        steps_(shown_steps(fire.record.steps)),
        ground_(fire),
        picture_(fire.plan.run_name(fire.scenario, fire.seed), fire.plan.experiment().base.extent, view,
                 ground_),
        output_(path),
        gif_(output_.temporary(), static_cast<int>(picture_.canvas().width()),
             static_cast<int>(picture_.canvas().height()), ground_.colours(),
             fmt::format("{}: {}", fire.plan.experiment().name,
                         fire.plan.run_name(fire.scenario, fire.seed))) {}

  bool wants(std::uint32_t step) const override { return std::ranges::binary_search(steps_, step); }

  void add(std::uint32_t step, std::span<const CellState> states) override {
    constexpr int last_is_held = 200;
    const int hundredths = step == steps_.back() ? last_is_held : time_of_each(steps_.size());
    picture_.draw(step, states);
    writing(path_, [&] { gif_.add(picture_.canvas().pixels(), hundredths); });
  }

  void publish() override {
    writing(path_, [&] {
      gif_.close();
      output_.publish();
    });
  }

 private:
  std::string path_;
  std::vector<std::uint32_t> steps_;
  FireGround ground_;
  FirePicture picture_;
  OutputFile output_;
  GifFile gif_;
};

}  // namespace

View view_of(const Tally& tally, Extent landscape) {
  Cell first{landscape.width, landscape.height};
  Cell last{};
  for (std::size_t t = 0; t < tally.tiles.size(); ++t) {
    const TileTally tile = tally.tiles[t];
    for (std::uint32_t i = 0; i < tile_cells; ++i) {
      if (tile.burn_count[i] == 0) continue;
      const Cell cell{tile.tile_x * tile_side + i % tile_side, tile.tile_y * tile_side + i / tile_side};
      first = {std::min(first.x, cell.x), std::min(first.y, cell.y)};
      last = {std::max(last.x, cell.x), std::max(last.y, cell.y)};
    }
  }
  const View all{{}, landscape};
  if (!landscape.contains(first)) return all;  // nothing has burnt
  const Stretch x = around(first.x, last.x, landscape.width);
  const Stretch y = around(first.y, last.y, landscape.height);
  const bool is_small = 2 * std::max(x.length, y.length) <= std::max(landscape.width, landscape.height);
  return is_small ? View{{x.first, y.first}, {x.length, y.length}} : all;
}

std::unique_ptr<FireRecorder> make_fire_animation(const std::string& path, const ReplayedFire& fire,
                                                  const View& view) {
  return writing(path, [&] {
    expect_replaceable_animation(path);
    return std::make_unique<FireAnimation>(path, fire, view);
  });
}

}  // namespace firesweep
