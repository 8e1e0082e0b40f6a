#pragma once

#include <span>

#include "firesweep/ensemble/design_effects.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"

namespace firesweep {

/// Estimates of quantities, and of quantities and parameters, that a method tells.
std::span<const EstimateRow<DesignEffects>> design_effect_rows(DesignMethod method);
std::span<const EstimateRow<ParameterEffect>> parameter_effect_rows(DesignMethod method);

/// Those of pairs of parameters.
std::span<const EstimateRow<Estimated>> second_order_rows();

/// The arrays that hold them, in the group of sensitivities.
Array<double> array_of(const EstimateRow<DesignEffects>& row);
Array<double> array_of(const EstimateRow<ParameterEffect>& row);
Array<double> array_of(const EstimateRow<Estimated>& row);

}  // namespace firesweep
