#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/table/csv.hpp"

#include "design_keys.hpp"
#include "distribution_decoder.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

constexpr std::string_view example =
    "write for example {wind_speed: [20, 90], humidity: {normal: {mean: 20, sd: 6}, within: [3, 60]}}";

std::vector<std::string_view> parameter_names() {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : parameters()) names.push_back(parameter.name);
  return names;
}

/// Adds a problem unless a number is one that its parameter may have.
bool is_allowed(const Parameter& parameter, double value, const Location& where, const std::string& what,
                const std::string& remedy, ValueDecoder& decode) {
  const auto why = objection(parameter, value);
  if (why) decode.problem(where, fmt::format("{} {}, not {}{}", what, *why, value, remedy));
  return !why;
}

class DesignDecoder {
 public:
  DesignDecoder(const SourceNode& node, GroundReading* reading, ValueDecoder& decode)
      : node_(node), reading_(reading), decode_(decode) {}

  std::optional<SampleAxis> decode() {
    constexpr std::array<std::string_view, 7> keys = {"method", "samples", "parameters", "second_order",
                                                      "seed",   "file",    "cases"};
    const std::size_t before = decode_.problems();
    if (!decode_.section(node_, "design", keys)) return std::nullopt;
    const SourceEntry* file = node_.find("file");
    const SourceEntry* cases = node_.find("cases");
    if (file || cases) {
      refuse_beside(file ? *file : *cases);
      if (cases && !file) read_cases(cases->value);
      if (file && !cases) read_file(file->value);
    } else {
      read_method();
    }
    if (decode_.problems() == before && axis_.design.method != DesignMethod::cases) draw();
    return decode_.problems() > before ? std::nullopt : std::optional(std::move(axis_));
  }

 private:
  /// A list is all that a design of cases says.
  void refuse_beside(const SourceEntry& list) {
    for (const SourceEntry& entry : node_.entries)
      if (entry.key != list.key)
        decode_.problem(entry.where,
                        fmt::format("design.{} has no meaning beside design.{} (a list is not drawn); "
                                    "remove one of the two",
                                    entry.key, list.key));
  }

  void read_method() {
    Design& design = axis_.design;
    std::vector<std::string_view> methods;
    for (const DesignMethod method : all_design_methods) methods.push_back(name(method));
    const SourceEntry* method = node_.find("method");
    const SourceEntry* samples = node_.find("samples");
    const SourceEntry* columns = node_.find("parameters");
    for (const auto& [entry, key] :
         {std::pair(method, "method"), std::pair(samples, "samples"), std::pair(columns, "parameters")})
      if (!entry)
        decode_.problem(node_.where, fmt::format("design.{} is missing (a design has a method, samples and "
                                                 "parameters; or it is a list of cases, or a file of them)",
                                                 key));
    if (method)
      if (const auto i = decode_.choice(method->value, "design.method", methods))
        design.method = all_design_methods[*i];
    if (columns) read_parameters(columns->value);
    if (const SourceEntry* seed = node_.find("seed"))
      if (const auto value =
              decode_.whole_number(seed->value, "design.seed", 0, std::numeric_limits<std::uint64_t>::max()))
        design.seed = Seed{*value};
    if (const SourceEntry* second = node_.find("second_order")) {
      design.has_second_order = decode_.truth(second->value, "design.second_order").value_or(false);
      if (method && design.method != DesignMethod::sobol && design.has_second_order)
        decode_.problem(second->where, "design.second_order is of the method sobol alone; leave it out");
    }
    if (samples) read_samples(samples->value);
  }

  void read_samples(const SourceNode& node) {
    Design& design = axis_.design;
    const auto rows = decode_.whole_number(node, "design.samples", 2, max_scenarios);
    if (!rows) return;
    design.rows = *rows;
    if (design.samples() > max_scenarios) {
      decode_.problem(node.where, fmt::format("design.samples: {} rows of {} samples each are more than {} "
                                              "scenarios; ask for fewer",
                                              design.rows, design.samples_per_row(), max_scenarios));
    } else if (design.method == DesignMethod::sobol && !std::has_single_bit(design.rows) && reading_) {
      reading_->warnings.push_back(
          {node.where,
           fmt::format("design.samples is {}, no power of two (a Sobol' sequence is balanced at powers of "
                       "two only); {} or {} would serve better",
                       design.rows, std::bit_floor(design.rows), std::bit_ceil(design.rows))});
    }
  }

  void read_parameters(const SourceNode& node) {
    if (!is_filled_map(node, "design.parameters", example)) return;
    for (const SourceEntry& entry : node.entries) {
      const Parameter* parameter = known(entry.key, entry.where, "design.parameters");
      if (!parameter) continue;
      const std::string what = fmt::format("design.parameters.{}", entry.key);
      if (const auto distribution = decode_distribution(entry.value, what, *parameter, decode_)) {
        if (axis_.design.method == DesignMethod::morris && !distribution->is_bounded())
          decode_.problem(entry.value.where, fmt::format("{} has no ends (morris goes to the ends of every "
                                                         "distribution); give it within: [least, greatest]",
                                                         what));
        axis_.design.columns.push_back({parameter, *distribution});
      }
    }
  }

  bool is_filled_map(const SourceNode& node, std::string_view what, std::string_view remedy) {
    if (node.kind == Kind::map && !node.entries.empty()) return true;
    decode_.problem(node.where,
                    fmt::format("{} must be a map of parameters, not {}; {}", what,
                                node.kind == Kind::map ? "an empty one" : description(node), remedy));
    return false;
  }

  const Parameter* known(const std::string& key, const Location& where, std::string_view what) {
    const Parameter* parameter = find_parameter(key);
    if (!parameter)
      decode_.problem(where, fmt::format("{}: '{}' is no parameter{}", what, key, possible(key)));
    return parameter;
  }

  static std::string possible(const std::string& key) {
    const std::vector<std::string_view> names = parameter_names();
    const std::string meant = suggestion(key, names);
    return meant.empty() ? "; possible are " + listing(names) : meant;
  }

  void read_cases(const SourceNode& node) {
    if (!is_filled_map(node, "design.cases", "write for example {wind_speed: [40, 60], humidity: [20, 10]}"))
      return;
    std::vector<std::vector<double>> columns;
    for (const SourceEntry& entry : node.entries) {
      const std::string what = fmt::format("design.cases.{}", entry.key);
      const Parameter* parameter = known(entry.key, entry.where, "design.cases");
      if (entry.value.kind != Kind::sequence || entry.value.items.empty()) {
        decode_.problem(entry.value.where,
                        fmt::format("{} must be a list of values, one for each case, not {}", what,
                                    description(entry.value)));
        continue;
      }
      if (!parameter) continue;
      axis_.design.columns.push_back({parameter, {}});
      std::vector<double>& column = columns.emplace_back();
      for (const SourceNode& item : entry.value.items)
        column.push_back(decode_.parameter(item, what, *parameter).value_or(0.0));
      if (column.size() != columns.front().size())
        decode_.problem(
            entry.value.where,
            fmt::format("{} has {} values, and {} has {}; give as many of each", what, column.size(),
                        axis_.design.columns.front().parameter->name, columns.front().size()));
    }
    take(columns);
  }

  void read_file(const SourceNode& node) {
    const auto path = decode_.text(node, "design.file");
    if (!path) return;
    if (!reading_) {  // a results file holds the cases
      decode_.problem(node.where, "design.file is not what a results file says; it has cases");
      return;
    }
    try {
      read_table(read_csv((reading_->folder / *path).string()), node.where);
    } catch (const InputError& error) {
      decode_.note(error, node.where);
    }
  }

  void read_table(const CsvTable& table, const Location& where) {
    std::vector<Problem> problems;
    table.refuse_others(parameter_names(), problems);
    for (Problem& problem : problems) decode_.problem(problem.where, std::move(problem.message));
    if (table.rows() == 0)
      decode_.problem(where, fmt::format("{} has no row below the names of its columns", table.path()));
    std::vector<std::vector<double>> columns;
    for (std::size_t k = 0; k < table.columns().size(); ++k) {
      const CsvTable::Column& heading = table.columns()[k];
      const Parameter* parameter = find_parameter(heading.name);
      if (!parameter) continue;
      check_unit(heading, *parameter);
      axis_.design.columns.push_back({parameter, {}});
      std::vector<double>& column = columns.emplace_back();
      for (std::size_t row = 0; row < table.rows(); ++row) {
        const CsvCell& cell = table.cell(row, k);
        const auto value = parse_finite(cell.text);
        if (!value)
          decode_.problem(cell.where, fmt::format("{} '{}' is no number", heading.name, cell.text));
        else
          is_allowed(*parameter, *value, cell.where, heading.name, "", decode_);
        column.push_back(value.value_or(0.0));
      }
    }
    take(columns);
  }

  void check_unit(const CsvTable::Column& heading, const Parameter& parameter) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> spellings = {
        {{"km/h", "km h-1"},
         {"kmh", "km h-1"},
         {"%", "percent"},
         {"C", "degC"},
         {"°C", "degC"},
         {"deg", "degree"},
         {"°", "degree"},
         {"degrees", "degree"}}};
    if (heading.unit.empty() || heading.unit == parameter.unit) return;
    for (const auto& [spelling, unit] : spellings)
      if (heading.unit == spelling && parameter.unit == unit) return;
    decode_.problem(heading.where,
                    fmt::format("{} is in {}, and firesweep's is in {}; convert it, and say so in the "
                                "heading or leave the unit out",
                                heading.name, heading.unit, parameter.unit));
  }

  void take(const std::vector<std::vector<double>>& columns) {
    if (columns.empty()) return;
    Design& design = axis_.design;
    design.method = DesignMethod::cases;
    design.rows = columns.front().size();
    if (design.rows > max_scenarios) {
      decode_.problem(node_.where,
                      fmt::format("design has {} cases; at most {} are run", design.rows, max_scenarios));
      return;
    }
    for (std::size_t row = 0; row < design.rows; ++row)
      for (const std::vector<double>& column : columns)
        axis_.values.push_back(row < column.size() ? column[row] : 0.0);
  }

  void draw() {
    const Design& design = axis_.design;
    axis_.values = draw_samples(design);
    std::vector<bool> is_told(design.parameters(), false);
    for (std::size_t i = 0; i < axis_.values.size(); ++i) {
      const std::size_t k = i % design.parameters();
      const Parameter& parameter = *design.columns[k].parameter;
      if (is_told[k]) continue;
      is_told[k] =
          !is_allowed(parameter, axis_.values[i], node_.find("parameters", parameter.name)->where,
                      fmt::format("design.parameters.{}: sample {}", parameter.name, i / design.parameters()),
                      "; give it within: [least, greatest]", decode_);
    }
  }

  const SourceNode& node_;
  GroundReading* reading_;  // null for a design of a results file
  ValueDecoder& decode_;
  SampleAxis axis_;
};

}  // namespace

std::optional<SampleAxis> decode_design(const SourceNode& node, GroundReading* reading,
                                        ValueDecoder& decode) {
  return DesignDecoder(node, reading, decode).decode();
}

}  // namespace firesweep
