#include "firesweep/experiment/assets.hpp"

#include <span>
#include <utility>

#include "firesweep/digest/sha256.hpp"

namespace firesweep {
namespace {

std::string sha256_of(const AssetSet& set) {
  Sha256 hash;
  hash.add(std::as_bytes(std::span(&set.resolution, 1)));
  hash.add(std::as_bytes(std::span(set.places)));
  return hash.hex();
}

}  // namespace

std::string_view name(AssetsPer per) {
  switch (per) {
    case AssetsPer::cell:
      return "cell";
    case AssetsPer::hectare:
      return "hectare";
    case AssetsPer::square_metre:
      return "m2";
    case AssetsPer::acre:
      return "acre";
  }
  return {};
}

double hectares(AssetsPer per, const Placement& placement) {
  constexpr double per_square_metre = 1e-4;
  constexpr double per_acre = 0.40468564224;  // the international acre
  switch (per) {
    case AssetsPer::cell:
      return cell_hectares(placement);
    case AssetsPer::hectare:
      return 1.0;
    case AssetsPer::square_metre:
      return per_square_metre;
    case AssetsPer::acre:
      return per_acre;
  }
  return 1.0;
}

void set_read(Assets& assets, AssetSet set) {
  assets.sha256 = sha256_of(set);
  assets.cells = set.places.size();
  assets.total = set.value(set.total());
  assets.resolution = set.resolution;
  assets.set = std::make_shared<const AssetSet>(std::move(set));
}

}  // namespace firesweep
