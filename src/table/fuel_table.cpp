#include "firesweep/table/fuel_table.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/table/csv.hpp"

namespace firesweep {
namespace {

constexpr std::array<std::string_view, 6> column_names = {"code",    "name",     "spread",
                                                          "density", "burnable", "burn_steps"};
constexpr std::array<std::pair<std::string_view, bool>, 6> yes_or_no = {
    {{"yes", true}, {"no", false}, {"true", true}, {"false", false}, {"1", true}, {"0", false}}};

class FuelTableReader {
 public:
  explicit FuelTableReader(const CsvTable& table) : table_(table) {
    for (std::size_t i = 0; i < column_names.size(); ++i) columns_[i] = table.find(column_names[i]);
  }

  std::vector<FuelClass> read() {
    table_.refuse_others(column_names, problems_);
    if (!table_.find("code"))
      complain({table_.path()}, "has no column 'code', which says which cells of the fuel raster are meant");
    if (table_.rows() == 0) complain({table_.path()}, "has no row below the names of its columns");
    if (!problems_.empty()) throw InputError(std::move(problems_));
    std::vector<FuelClass> classes;
    for (row_ = 0; row_ < table_.rows(); ++row_) classes.push_back(fuel_class());
    if (!problems_.empty()) throw InputError(std::move(problems_));
    return classes;
  }

 private:
  void complain(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  /// The cell of this row, unless it is empty or there is no such column.
  const CsvCell* cell(std::string_view name) const {
    for (std::size_t i = 0; i < column_names.size(); ++i) {
      if (column_names[i] != name || !columns_[i]) continue;
      const CsvCell& found = table_.cell(row_, *columns_[i]);
      return found.text.empty() ? nullptr : &found;
    }
    return nullptr;
  }

  std::optional<std::int64_t> whole(const CsvCell& cell, std::string_view name, std::int64_t least,
                                    std::int64_t most) {
    const std::optional<double> number = parse_finite(cell.text);
    if (!number || *number != std::floor(*number)) {
      complain(cell.where, fmt::format("{} '{}' is no whole number", name, cell.text));
    } else if (*number < static_cast<double>(least) || *number > static_cast<double>(most)) {
      complain(cell.where,
               fmt::format("{} {} is out of range; allowed is {} to {}", name, cell.text, least, most));
    } else {
      return static_cast<std::int64_t>(*number);
    }
    return std::nullopt;
  }

  std::optional<double> number(std::string_view name, double most, const std::string& allowed) {
    const CsvCell* found = cell(name);
    if (found == nullptr) return std::nullopt;
    const std::optional<double> value = parse_finite(found->text);
    if (!value) {
      complain(found->where,
               fmt::format("{} '{}' is no number{}", name, found->text, share_of(found->text, most)));
    } else if (*value < 0.0 || *value > most) {
      complain(found->where, fmt::format("{} {} is out of range; allowed is {}{}", name, found->text, allowed,
                                         share_of(found->text, most)));
    }
    return value;
  }

  static std::string share_of(const std::string& text, double most) {
    return most == 1.0 ? share_suggestion(text) : "";
  }

  void read_code(FuelClass& fuel) {
    const CsvCell* found = cell("code");
    if (found == nullptr) {
      complain(table_.cell(row_, *table_.find("code")).where, "a class has no code");
      return;
    }
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    const auto code = whole(*found, "code", -most, most);
    if (!code) return;
    fuel.code = static_cast<std::int32_t>(*code);
    const auto [first, is_new] = line_of_.emplace(fuel.code, found->where.line);
    if (!is_new)
      complain(found->where,
               fmt::format("code {} is there twice (first in line {}); keep one", fuel.code, first->second));
  }

  void read_burnable(FuelClass& fuel) {
    const CsvCell* found = cell("burnable");
    if (found == nullptr) return;
    for (const auto& [word, burns] : yes_or_no) {
      if (found->text != word) continue;
      fuel.burnable = burns;
      return;
    }
    complain(found->where, fmt::format("burnable '{}' is neither yes nor no", found->text));
  }

  FuelClass fuel_class() {
    FuelClass fuel;
    read_code(fuel);
    const CsvCell* name = cell("name");
    fuel.name = name != nullptr ? name->text : std::to_string(fuel.code);
    fuel.spread = number("spread", std::numeric_limits<double>::max(), "0 or more").value_or(1.0);
    fuel.density = number("density", 1.0, "0 to 1");
    read_burnable(fuel);
    if (const CsvCell* steps = cell("burn_steps"))
      fuel.burn_steps = static_cast<std::uint32_t>(whole(*steps, "burn_steps", 1, 255).value_or(1));
    return fuel;
  }

  const CsvTable& table_;
  std::array<std::optional<std::size_t>, column_names.size()> columns_;
  std::size_t row_ = 0;
  std::map<std::int32_t, int> line_of_;  // by code
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<FuelClass> read_fuel_classes(const std::string& path) {
  const CsvTable table = read_csv(path);
  return FuelTableReader(table).read();
}

}  // namespace firesweep
