#include "firesweep/experiment/ground.hpp"

#include <span>

namespace firesweep {

std::string_view name(ElevationUnit unit) {
  switch (unit) {
    case ElevationUnit::file:
      return "file";
    case ElevationUnit::metres:
      return "metres";
    case ElevationUnit::feet:
      return "feet";
  }
  return {};
}

double cell_hectares(const Placement& placement) {
  constexpr double square_metres = 10'000.0;
  const double metres = placement.metres_per_unit;
  return placement.cell_width * metres * placement.cell_height * metres / square_metres;
}

void make_landscape(const Ground& ground, LandscapeInput& input) {
  const Placement& place = *ground.placement;
  const CellSize size{place.cell_width * place.metres_per_unit, place.cell_height * place.metres_per_unit};
  const FuelClass everywhere;
  const std::span<const FuelClass> table = input.fuel.is_given()
                                               ? std::span<const FuelClass>(ground.classes_of(input))
                                               : std::span(&everywhere, 1);
  input.landscape = std::make_shared<const Landscape>(*input.layers, table, size, place.convergence);
}

std::string_view name(OtherCodes choice) {
  return choice == OtherCodes::error ? "error" : "nonburnable";
}

}  // namespace firesweep
