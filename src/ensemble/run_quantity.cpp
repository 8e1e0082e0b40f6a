#include "firesweep/ensemble/run_quantity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>

#include "firesweep/statistics/nan.hpp"

namespace firesweep {
namespace {

using Storage = RunQuantity::Storage;

double share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return nan;
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// A quantity that is a member of the record.
template <auto Member>
constexpr RunQuantity member(std::string_view name, std::string_view counted, std::string_view meaning,
                             Storage storage, std::uint8_t since) {
  return {name,
          counted == "steps" ? "step" : "1",
          counted,
          meaning,
          storage,
          arrays::always,
          since,
          [](const RunRecord& record, const Land&) { return static_cast<double>(record.*Member); },
          [](RunRecord& record, std::uint64_t number, const Land&) {
            record.*Member = static_cast<std::remove_reference_t<decltype(record.*Member)>>(number);
          },
          About::anything,
          false,
          place_of_member<Member>()};
}

constexpr RunQuantity of_embers(RunQuantity quantity) {
  quantity.about = About::embers;
  return quantity;
}

/// A coordinate of the first point that was drawn.
template <auto Member>
constexpr RunQuantity drawn(std::string_view name, std::string_view counted, std::string_view meaning) {
  return {name,
          "1",
          counted,
          meaning,
          Storage::count_4,
          arrays::always,
          3,
          [](const RunRecord& record, const Land&) {
            return record.is_drawn ? static_cast<double>(record.*Member) : nan;
          },
          [](RunRecord& record, std::uint64_t number, const Land&) {
            record.*Member = static_cast<std::uint16_t>(number);
            record.is_drawn = true;
          },
          About::random_ignition,
          true};
}

constexpr std::array<RunQuantity, 16> quantities = {{
    {"burn_fraction", "1", "", "share of the landscape that burns", Storage::share, arrays::always, 1,
     [](const RunRecord& record, const Land& land) { return share(record.burnt_cells, land.cells); },
     nullptr, About::anything, false, place_of_member<&RunRecord::burnt_cells>()},
    {"burnt_area", "ha", "", "area burnt out at the end", Storage::amount, arrays::always, 1,
     [](const RunRecord& record, const Land& land) {
       return static_cast<double>(record.burnt_cells) * land.cell_hectares;
     },
     nullptr, About::place, false, place_of_member<&RunRecord::burnt_cells>()},
    member<&RunRecord::burnt_cells>("burnt_cells", "cells", "cells burnt out at the end", Storage::count_8,
                                    1),
    member<&RunRecord::burning_cells>(
        "burning_cells", "cells", "cells still burning when max_steps ended the run", Storage::count_4, 1),
    member<&RunRecord::steps>("steps", "steps", "steps until nothing burnt, or max_steps", Storage::count_4,
                              1),
    member<&RunRecord::peak_burning_cells>("peak_burning_cells", "cells",
                                           "largest number of cells burning at once", Storage::count_4, 1),
    member<&RunRecord::peak_step>("peak_step", "steps", "first step with the most cells burning",
                                  Storage::count_4, 1),
    member<&RunRecord::ignitions>("ignitions", "points", "ignition points that started a fire",
                                  Storage::count_4, 1),
    member<&RunRecord::ignitions_failed>("ignitions_failed", "points", "ignition points that started nothing",
                                         Storage::count_4, 1),
    of_embers(member<&RunRecord::embers>("embers", "embers", "embers that burning cells have thrown",
                                         Storage::count_8, 2)),
    of_embers(member<&RunRecord::embers_lost>(
        "embers_lost", "embers", "embers of these that came down beyond the grid or where there is no land",
        Storage::count_8, 2)),
    drawn<&RunRecord::ignition_x>("ignition_x", "columns",
                                  "column of the first ignition point that was drawn"),
    drawn<&RunRecord::ignition_y>("ignition_y", "rows", "row of the first ignition point that was drawn"),
    {"burn_fraction_vegetated", "1", "", "share of the vegetation that burns", Storage::share,
     arrays::with_cell_counts, 1,
     [](const RunRecord& record, const Land&) { return share(record.burnt_cells, record.vegetated_cells); },
     nullptr},
    {"empty_cells", "1", "cells", "cells without vegetation at the end", Storage::count_8,
     arrays::with_cell_counts, 1,
     [](const RunRecord& record, const Land& land) {
       return static_cast<double>(land.cells - record.vegetated_cells);
     },
     [](RunRecord& record, std::uint64_t number, const Land& land) {
       record.vegetated_cells = land.cells - number;
     }},
    {"vegetation_cells", "1", "cells", "cells with unburnt vegetation at the end", Storage::count_8,
     arrays::with_cell_counts, 1,
     [](const RunRecord& record, const Land&) {
       return static_cast<double>(record.vegetated_cells - record.burnt_cells - record.burning_cells);
     },
     nullptr},
}};

}  // namespace

Land land_of(const Experiment& experiment) {
  const MaybePlacement& place = experiment.ground.placement;
  return {experiment.burnable_cells(), place ? cell_hectares(*place) : nan};
}

std::span<const RunQuantity> run_quantities() {
  return quantities;
}

double RunQuantity::known(const RunRecord& record, const Land& land) const {
  return record.status == RunStatus::ok && record.revision >= since ? value(record, land) : nan;
}

ArrayRow array_of(const RunQuantity& quantity) {
  return {quantity.name,
          quantity.unit,
          quantity.meaning,
          quantity.storage == Storage::count_4 ? 4U : 8U,
          {.over = Over::scenarios,
           .then = {&arrays::seed},
           .is_chosen = quantity.is_kept,
           .source = Source::records,
           .missing = Missing::minus_one,
           .about = quantity.about}};
}

const RunQuantity* run_quantity(std::string_view name) {
  const auto found = std::ranges::find(quantities, name, &RunQuantity::name);
  return found == quantities.end() ? nullptr : &*found;
}

bool agree(const RunRecord& one, const RunRecord& other, const Land& land) {
  if (one.status != other.status) return false;
  return std::ranges::all_of(quantities, [&](const RunQuantity& quantity) {
    const double first = quantity.known(one, land);
    const double second = quantity.known(other, land);
    return std::isnan(first) || std::isnan(second) || first == second;
  });
}

}  // namespace firesweep
