#include "firesweep/weather/clock_time.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"

namespace firesweep {
namespace {

using std::chrono::minutes;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

/// What a text says of a time, part by part.
struct TimeParts {
  std::optional<int> year, month, day, day_of_year;
  int hour = 0, minute = 0, second = 0;
  std::optional<bool> is_afternoon;
  std::optional<minutes> offset;
};

std::optional<std::chrono::local_days> day_of(const TimeParts& parts) {
  using namespace std::chrono;
  if (!parts.year) return std::nullopt;
  const year in{*parts.year};
  if (parts.day_of_year) {
    if (*parts.day_of_year < 1 || *parts.day_of_year > (in.is_leap() ? 366 : 365)) return std::nullopt;
    return local_days(in / January / 1) + days(*parts.day_of_year - 1);
  }
  if (!parts.month || !parts.day) return std::nullopt;
  const year_month_day date =
      in / month(static_cast<unsigned>(*parts.month)) / day(static_cast<unsigned>(*parts.day));
  return date.ok() ? std::optional(local_days(date)) : std::nullopt;
}

std::optional<WrittenTime> time_of(const TimeParts& parts) {
  const auto day = day_of(parts);
  int hour = parts.hour;
  if (parts.is_afternoon) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (*parts.is_afternoon ? 12 : 0);
  }
  if (!day || hour > 23 || parts.minute > 59 || parts.second > 59) return std::nullopt;
  return WrittenTime{
      *day + std::chrono::hours(hour) + minutes(parts.minute) + std::chrono::seconds(parts.second),
      parts.offset};
}

/// Takes parts of a time from the front of a text.
class TimeCursor {
 public:
  explicit TimeCursor(std::string_view text) : rest_(text) {}

  bool is_at_end() const { return rest_.empty(); }
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char c) {
    if (rest_.empty() || !same_letter(rest_.front(), c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take(std::string_view word) {
    if (rest_.size() < word.size() || !std::equal(word.begin(), word.end(), rest_.begin(), same_letter))
      return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

  std::string_view letters() { return take_while(is_letter, rest_.size()); }

  std::optional<int> number(std::size_t least_digits, std::size_t most_digits) {
    const std::string_view digits = take_while(is_digit, most_digits);
    return digits.size() < least_digits ? std::nullopt : parse_number<int>(digits);
  }

  bool number(int& part, std::size_t least_digits, std::size_t most_digits) {
    const auto value = number(least_digits, most_digits);
    part = value.value_or(0);
    return value.has_value();
  }

  bool number(std::optional<int>& part, std::size_t least_digits, std::size_t most_digits) {
    part = number(least_digits, most_digits);
    return part.has_value();
  }

  /// "Z", "UTC", "+10:00", "+1000" or "+10".
  bool zone(std::optional<minutes>& offset) {
    offset = minutes(0);
    if (take("UTC") || take("GMT") || take('Z')) return true;
    const bool is_west = front() == '-';
    if (!take('+') && !take('-')) return false;
    const auto hours = number(2, 2);
    take(':');
    const auto rest = is_digit(front()) ? number(2, 2) : 0;
    if (!hours || !rest || *hours > 23 || *rest > 59) return false;
    offset = (is_west ? -1 : 1) * minutes(60 * *hours + *rest);
    return true;
  }

  bool month_name(std::optional<int>& month) {
    for (std::size_t m = 0; m < months.size(); ++m) {
      if (!take(months[m]) && !take(months[m].substr(0, 3))) continue;
      month = static_cast<int>(m) + 1;
      return true;
    }
    return false;
  }

 private:
  template <class Accepts>
  std::string_view take_while(const Accepts& accepts, std::size_t most) {
    std::size_t size = 0;
    while (size < std::min(most, rest_.size()) && accepts(rest_[size])) ++size;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

// Some conversions stand for several.
std::string expanded(const std::string& format) {
  constexpr std::array<std::pair<char, std::string_view>, 4> compounds = {
      {{'F', "%Y-%m-%d"}, {'T', "%H:%M:%S"}, {'R', "%H:%M"}, {'D', "%m/%d/%y"}}};
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char next = format[i] == '%' && i + 1 < format.size() ? format[i + 1] : '\0';
    const auto* const compound =
        std::ranges::find(compounds, next, &std::pair<char, std::string_view>::first);
    if (compound != compounds.end()) {
      text += compound->second;
    } else {
      text += format[i];
      if (next != '\0') text += next;
    }
    if (next != '\0') ++i;
  }
  return text;
}

constexpr std::string_view conversions = "YymdebBjHIMSpzZ%";

bool take_half_of_day(TimeCursor& cursor, TimeParts& parts) {
  parts.is_afternoon = cursor.front() == 'p' || cursor.front() == 'P';
  return cursor.take("AM") || cursor.take("PM") || cursor.take("a.m.") || cursor.take("p.m.");
}

bool take_short_year(TimeCursor& cursor, TimeParts& parts) {
  if (!cursor.number(parts.year, 2, 2)) return false;
  *parts.year += *parts.year < 69 ? 2000 : 1900;  // as POSIX has it
  return true;
}

bool take_zone_name(TimeCursor& cursor, TimeParts& parts) {
  if (cursor.zone(parts.offset)) return true;
  parts.offset.reset();
  return !cursor.letters().empty();
}

bool take_part(char conversion, TimeCursor& cursor, TimeParts& parts) {
  switch (conversion) {
    case 'Y':
      return cursor.number(parts.year, 4, 4);
    case 'y':
      return take_short_year(cursor, parts);
    case 'm':
      return cursor.number(parts.month, 1, 2);
    case 'd':
    case 'e':
      cursor.skip_blanks();
      return cursor.number(parts.day, 1, 2);
    case 'b':
    case 'B':
      return cursor.month_name(parts.month);
    case 'j':
      return cursor.number(parts.day_of_year, 1, 3);
    case 'H':
    case 'I':
      return cursor.number(parts.hour, 1, 2);
    case 'M':
      return cursor.number(parts.minute, 2, 2);
    case 'S':
      return cursor.number(parts.second, 2, 2);
    case 'p':
      return take_half_of_day(cursor, parts);
    case 'z':
      return cursor.zone(parts.offset);
    case 'Z':
      return take_zone_name(cursor, parts);
    default:
      return cursor.take('%');
  }
}

// Without a day a time is of none, and hours to 12 are of either half of it.
std::string objection_to(const std::string& text) {
  std::string found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') continue;
    ++i;
    if (i == text.size()) return "ends with a lone %; a percent sign is %%";
    if (conversions.find(text[i]) == std::string_view::npos)
      return fmt::format("has the conversion %{}, and known are %Y %y %m %d %e %b %B %j %H %I %M %S %p %z %Z",
                         text[i]);
    found += text[i];
  }
  const auto has_any = [&](std::string_view letters) {
    return found.find_first_of(letters) != std::string::npos;
  };
  if (!has_any("Yy") || !(has_any("j") || (has_any("mbB") && has_any("de"))))
    return "makes no date: it needs %Y or %y, and %m or %b with %d, or %j";
  return has_any("I") != has_any("p") ? "has one of %I and %p without the other" : "";
}

/// "/" and the like between the parts of a date, and what follows it.
std::vector<std::string> usual_time_formats() {
  std::vector<std::string> dates;
  for (const char mark : {'/', '-', '.'})
    for (const char* const order :
         {"%d{0}%m{0}%Y", "%m{0}%d{0}%Y", "%Y{0}%m{0}%d", "%d{0}%m{0}%y", "%m{0}%d{0}%y", "%y{0}%m{0}%d"})
      dates.push_back(fmt::format(fmt::runtime(order), mark));
  for (const char* const other : {"%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d %Y", "%Y %m %d", "%Y%m%d"})
    dates.emplace_back(other);
  std::vector<std::string> formats;
  for (const std::string& date : dates)
    for (const char* const hour : {"", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %I:%M %p",
                                   " %I:%M:%S %p", " %H:%M %Z", " %H:%M:%S %Z", " %H%M", "%H%M"})
      formats.push_back(date + hour);
  return formats;
}

}  // namespace

std::optional<WrittenTime> parse_iso_time(std::string_view text) {
  TimeCursor cursor(text);
  TimeParts parts;
  const bool has_date = cursor.number(parts.year, 4, 4) && cursor.take('-') &&
                        cursor.number(parts.month, 1, 2) && cursor.take('-') &&
                        cursor.number(parts.day, 1, 2);
  if (!has_date) return std::nullopt;
  const bool has_mark = cursor.take('T');
  if (!has_mark) cursor.skip_blanks();
  if (has_mark || is_digit(cursor.front())) {
    if (!cursor.number(parts.hour, 2, 2) || !cursor.take(':') || !cursor.number(parts.minute, 2, 2))
      return std::nullopt;
    if (cursor.take(':') && !cursor.number(parts.second, 2, 2)) return std::nullopt;
    if (cursor.take('.') && !cursor.number(1, 9)) return std::nullopt;
  }
  cursor.skip_blanks();
  if (!cursor.is_at_end() && !cursor.zone(parts.offset)) return std::nullopt;
  return cursor.is_at_end() ? time_of(parts) : std::nullopt;
}

TimeFormat::TimeFormat(std::string format) : format_(std::move(format)), expanded_(expanded(format_)) {
  if (const std::string why = objection_to(expanded_); !why.empty())
    throw InputError(fmt::format("time_format '{}': {}", format_, why));
}

std::optional<WrittenTime> TimeFormat::parse(std::string_view text) const {
  TimeCursor cursor(text);
  TimeParts parts;
  for (std::size_t i = 0; i < expanded_.size(); ++i) {
    if (expanded_[i] == ' ') {
      cursor.skip_blanks();
    } else if (expanded_[i] == '%') {
      if (!take_part(expanded_[++i], cursor, parts)) return std::nullopt;
    } else if (!cursor.take(expanded_[i])) {
      return std::nullopt;
    }
  }
  cursor.skip_blanks();
  return cursor.is_at_end() ? time_of(parts) : std::nullopt;
}

FittingFormats fitting_time_formats(std::span<const std::string_view> texts) {
  FittingFormats fitting;
  std::vector<std::vector<ClockTime>> readings;  // of each that fits
  for (const std::string& usual : usual_time_formats()) {
    TimeFormat format(usual);
    std::vector<ClockTime> times;
    for (const std::string_view text : texts) {
      const auto written = format.parse(text);
      if (!written) break;
      times.push_back(written->time);
    }
    fitting.most_texts = std::max(fitting.most_texts, times.size());
    if (times.size() < texts.size() || std::ranges::find(readings, times) != readings.end()) continue;
    fitting.formats.push_back(std::move(format));
    readings.push_back(std::move(times));
  }
  return fitting;
}

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 4> units = {
      {{"min", 60.0}, {"s", 1.0}, {"h", 3600.0}, {"d", 86400.0}}};
  for (const auto& [unit, seconds] : units) {
    if (!text.ends_with(unit)) continue;
    std::string_view number = text.substr(0, text.size() - unit.size());
    while (number.ends_with(' ')) number.remove_suffix(1);
    const auto value = parse_finite(number);
    const double span = value.value_or(0.0) * seconds;
    constexpr double longest = 1e9;
    if (span <= 0.0 || span > longest || span != std::floor(span)) return std::nullopt;
    return std::chrono::seconds(static_cast<std::int64_t>(span));
  }
  return std::nullopt;
}

std::string date_text(std::chrono::local_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string time_text(ClockTime time, char between) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string text =
      fmt::format("{}{}{:02}:{:02}", date_text(day), between, clock.hours().count(), clock.minutes().count());
  if (clock.seconds().count() > 0) text += fmt::format(":{:02}", clock.seconds().count());
  return text;
}

}  // namespace firesweep
