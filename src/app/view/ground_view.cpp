#include "view/ground_view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/wording.hpp"

#include "terminal/terminal.hpp"
#include "view/starts_view.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

std::string grid_text(const Experiment& experiment, std::span<const LandscapeFacts> facts) {
  const Extent extent = experiment.base.extent;
  const Placement& place = *experiment.ground.placement;
  const auto cells = static_cast<double>(extent.cells());
  const std::string crs = facts.empty() || facts.front().crs_name.empty() ? "" : facts.front().crs_name;
  std::string text = fmt::format(
      "grid    {} x {} cells of {:.6g} x {:.6g} m, {}; lower left corner at {:.10g}, {:.10g}\n", extent.width,
      extent.height, place.cell_width * place.metres_per_unit, place.cell_height * place.metres_per_unit,
      area_text(cells * cell_hectares(place)), place.west, place.south(extent));
  if (!crs.empty()) text += fmt::format("CRS     {}\n", printable(crs));
  if (place.convergence != 0.0)
    text += fmt::format("north   true north lies {} degrees {} of grid north\n", std::abs(place.convergence),
                        place.convergence > 0.0 ? "clockwise" : "anticlockwise");
  return text;
}

std::string land_text(const Ground& ground, Extent extent) {
  const auto cells = static_cast<double>(extent.cells());
  const double area = cell_hectares(*ground.placement);
  const auto part = [&](std::uint64_t count) {
    return fmt::format("{} ({}, {})", counted(count, "cell"), percentage(static_cast<double>(count) / cells),
                       area_text(static_cast<double>(count) * area));
  };
  return fmt::format("land    {}; of it burns {}, which burn fractions are of\n", part(ground.land_cells),
                     part(ground.burnable_cells));
}

/// Why there is less land than either raster has.
std::string gaps_text(const LandscapeFacts& facts) {
  std::string text;
  const auto tell = [&](std::uint64_t cells, const char* have, const char* lack) {
    if (cells > 0)
      text += fmt::format("gaps    {} with {} but no {}: no land\n", counted(cells, "cell"), have, lack);
  };
  tell(facts.cells_without_fuel, "elevation", "fuel");
  tell(facts.cells_without_elevation, "fuel", "elevation");
  return text;
}

/// [degrees]
double steepest(const Landscape& landscape) {
  double most = 0.0;
  for (const Gradient& bin : landscape.bins()) most = std::max(most, std::hypot(bin.x, bin.y));
  return std::atan(most) * 180.0 / std::numbers::pi;
}

std::string relief_text(const Landscape& landscape, const LandscapeFacts& facts) {
  if (!facts.lowest) return "";
  return fmt::format("relief  {:.0f} to {:.0f} m, slopes of at most {:.0f} degrees\n", *facts.lowest,
                     *facts.highest, steepest(landscape));
}

std::string fuel_text(const std::vector<FuelClass>& classes, const LandscapeFacts& facts) {
  if (facts.codes.empty()) return "";
  Table table;
  for (const char* const heading : {"code", "cells", "share", "spread"})
    table.add_column(heading, Table::Align::right);
  table.add_column("fuel", Table::Align::left);
  for (const CodeCount& code : facts.codes) {
    const FuelClass& fuel = *std::ranges::find(classes, code.code, &FuelClass::code);
    table.add_row({fmt::format("{}", code.code), grouped(code.cells),
                   percentage(static_cast<double>(code.cells) / static_cast<double>(facts.land_cells)),
                   fuel.burnable ? fmt::format("{}", fuel.spread) : "-",
                   fmt::format("{}{}", printable(fuel.name), fuel.burnable ? "" : " (does not burn)")});
  }
  return table.text();
}

/// Directions that the wind comes from in any scenario whose fires it turns.
std::set<double> wind_directions(const Plan& plan) {
  std::set<double> directions;
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    const Scenario scenario = plan.scenario(s);
    if (scenario.spread.wind_directionality > 0.0 || scenario.spotting.rate > 0.0)
      for (const WeatherPeriod& period : weather_periods(scenario))
        directions.insert(period.weather.wind_direction);
  }
  return directions;
}

double turned(double degrees) {
  const double turned = std::fmod(degrees, 360.0);
  return turned < 0.0 ? turned + 360.0 : turned;
}

std::string wind_text(const Plan& plan) {
  constexpr std::size_t most = 4;
  const MaybePlacement& place = plan.experiment().ground.placement;
  const double convergence = place ? place->convergence : 0.0;
  std::string text;
  std::size_t told = 0;
  const std::set<double> directions = wind_directions(plan);
  for (const double from : directions) {
    if (++told > most) return text + fmt::format("        ... and {} more\n", directions.size() - most);
    const double to = turned(from + 180.0);
    text += fmt::format("wind    from {:.6g} drives fires towards {:.6g}{}\n", from, to,
                        convergence == 0.0 ? ""
                                           : fmt::format(" (true), {:.1f} degrees from the grid's north",
                                                         turned(to + convergence)));
  }
  return text;
}

// What is at stake, to be compared with what it was read from.
std::string assets_text(const Experiment& experiment) {
  std::string text;
  for (const Assets& assets : experiment.assets)
    text +=
        fmt::format("{}{}\n", text.empty() ? "assets  " : "        ",
                    printable(fmt::format("{}: {} in {}", assets.name, amount_text(assets.total, assets.unit),
                                          counted(assets.cells, "cell"))));
  return text;
}

}  // namespace

std::string amount_text(double amount, std::string_view unit) {
  const bool is_whole = amount == std::floor(amount) && amount < 1e15;
  std::string text =
      is_whole ? grouped(static_cast<unsigned long long>(amount)) : fmt::format("{:.6g}", amount);
  if (unit != "1") text += fmt::format(" {}", unit);
  return text;
}

std::string area_text(double hectares) {
  if (hectares < 9.95) return fmt::format("{:.2g} ha", hectares);
  return fmt::format("{} ha", grouped(static_cast<unsigned long long>(std::llround(hectares))));
}

std::string ground_text(const Plan& plan, std::span<const LandscapeFacts> facts) {
  const Experiment& experiment = plan.experiment();
  const Ground& ground = experiment.ground;
  std::string text;
  if (ground.placement) text += grid_text(experiment, facts);
  if (experiment.has_rasters()) text += land_text(ground, experiment.base.extent);
  const auto describe = [&](const LandscapeInput& input, const LandscapeFacts& of) {
    text += gaps_text(of) + relief_text(*input.landscape, of) + fuel_text(ground.classes_of(input), of);
    if (input.vegetation_density) text += fmt::format("density {}\n", *input.vegetation_density);
  };
  if (ground.input.has_rasters()) describe(ground.input, facts.front());
  for (const Axis& axis : experiment.axes) {
    const auto* alternatives = std::get_if<LandscapeAxis>(&axis);
    for (std::size_t i = 0; alternatives && i < alternatives->landscapes.size(); ++i) {
      text += fmt::format("\n{}\n", printable(alternatives->landscapes[i].name));
      describe(alternatives->landscapes[i].input, facts[i]);
    }
  }
  text += assets_text(experiment);
  if (ground.step_minutes) text += fmt::format("step    {} min\n", *ground.step_minutes);
  return text + wind_text(plan) + starts_text(plan);
}

}  // namespace firesweep
