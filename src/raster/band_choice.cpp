#include "band_choice.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"

#include "gdal.hpp"
#include "remedy.hpp"

namespace firesweep {
namespace {

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> descriptions(GDALDatasetH dataset) {
  std::vector<std::string> found;
  for (int number = 1; number <= GDAL(GDALGetRasterCount)(dataset); ++number)
    found.emplace_back(GDAL(GDALGetDescription)(GDAL(GDALGetRasterBand)(dataset, number)));
  return found;
}

/// Whether a description is of what "fuel" or "elevation" asks for, in the words of LCP or of LANDFIRE's product names
/// ("US_240FBFM13", "LF2020_Elev_220").
bool is_described(const std::string& description, const std::string& wanted) {
  const std::string text = lower_case(description);
  const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
  if (wanted == "fuel") return has("fuel") || has("fbfm") || has("f13_") || has("f40_");
  return wanted == "elevation" && has("elev");
}

/// By its role if a description says so, else by its number.
std::string way_to_choose(const RasterFile& file, LayerKind kind, const std::vector<std::string>& names) {
  if (kind == LayerKind::perimeter)
    return fmt::format("take one out: gdal_translate -b NUMBER {}", from_to(file.path, "-band.tif"));
  if (kind == LayerKind::assets) return fmt::format("say which, e.g. raster: {}, band: NUMBER", file.path);
  if (kind == LayerKind::density)
    return fmt::format("say which, e.g. raster: {{file: {}, band: NUMBER}}", file.path);
  const std::string role = kind == LayerKind::fuel ? "fuel" : "elevation";
  const bool is_told =
      std::ranges::any_of(names, [&](const std::string& it) { return is_described(it, role); });
  return fmt::format("say which, e.g. {}: {{file: {}, band: {}}}", role, file.path,
                     is_told ? role : "NUMBER");
}

/// "1 'Elevation', 2 'Slope'", or as many as a message holds.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
    text += fmt::format("{}{}", i == 0 ? "" : ", ", i + 1);
    text += names[i].empty() ? std::string(" without a name") : fmt::format(" '{}'", names[i]);
  }
  return names.size() > most ? text + ", ..." : text;
}

std::vector<int> bands_where(const std::vector<std::string>& names, const auto& holds) {
  std::vector<int> found;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (holds(names[i])) found.push_back(static_cast<int>(i) + 1);
  return found;
}

[[noreturn]] void refuse_band(const RasterFile& file, const std::string& what,
                              const std::vector<std::string>& names) {
  throw InputError(fmt::format("{}: {}; its bands are {}", file.path, what, listed(names)));
}

int only_one(const std::vector<int>& found, const RasterFile& file, const std::vector<std::string>& names) {
  if (found.size() > 1)
    refuse_band(file, fmt::format("{} bands are '{}'; give the number of one", found.size(), file.band),
                names);
  return found.front();
}

}  // namespace

int chosen_band(GDALDatasetH dataset, const RasterFile& file, LayerKind kind) {
  const std::vector<std::string> names = descriptions(dataset);
  if (names.empty()) throw InputError(file.path + ": holds no raster");
  if (file.band.empty()) {
    if (names.size() == 1) return 1;
    refuse_band(file, fmt::format("has {} bands; {}", names.size(), way_to_choose(file, kind, names)), names);
  }
  const std::string wanted = lower_case(file.band);
  const auto named = bands_where(names, [&](const std::string& name) { return lower_case(name) == wanted; });
  if (!named.empty()) return only_one(named, file, names);
  if (const auto number = parse_number<int>(file.band)) {
    if (*number >= 1 && *number <= static_cast<int>(names.size())) return *number;
    refuse_band(file, fmt::format("has no band {}", *number), names);
  }
  const auto described =
      bands_where(names, [&](const std::string& name) { return is_described(name, wanted); });
  if (!described.empty()) return only_one(described, file, names);
  const bool has_names = std::ranges::any_of(names, [](const std::string& name) { return !name.empty(); });
  refuse_band(file,
              fmt::format("has no band '{}'{}", file.band,
                          has_names ? suggestion(file.band, names) : "; give the number of one"),
              names);
}

}  // namespace firesweep
