#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace firesweep {

/// A time as a station's clock shows it, whatever that clock's zone.
using ClockTime = std::chrono::local_seconds;

/// A time as it is written.
struct WrittenTime {
  ClockTime time;
  std::optional<std::chrono::minutes> offset;  ///< of its clock from UTC, east positive; if the text says
};

/// Reads a time of ISO 8601, such as "2019-12-30T15:00", "2019-12-30 15:00:00+10:00", "2017-01-03T08:30Z" or a date alone,
/// which is 0 h of that day. Months and days may lack their leading zero, as in "2025-07-1"; fractions of a second are cut
/// off. Returns nothing if it is none, or no time that there is.
std::optional<WrittenTime> parse_iso_time(std::string_view text);

/// How times are written, in the terms of strptime: %Y %y %m %d %e %b %B %j %H %I %M %S %p %z %Z %F %T %R %D %%, where %y is
/// 1969 to 2068, %b and %B are English names in full or by three letters, and %Z takes letters and knows UTC and GMT. Blanks
/// stand for any number of blanks, other characters for themselves.
class TimeFormat {
 public:
  /// Throws InputError if there is an unknown conversion, or not enough to make a day of.
  explicit TimeFormat(std::string format);

  /// The time that all of `text` is; nothing if it is not written so, or is no time that there is.
  std::optional<WrittenTime> parse(std::string_view text) const;

  const std::string& text() const { return format_; }

 private:
  std::string format_;
  std::string expanded_;  // without conversions that stand for several
};

/// Usual ways of writing times, other than ISO 8601.
struct FittingFormats {
  /// Those in which all of the texts can be read, each reading some of them as other times than the others do: two where it
  /// cannot be told whether the day or the month comes first.
  std::vector<TimeFormat> formats;
  std::size_t most_texts = 0;  ///< so many of the first texts can be read in one way
};
FittingFormats fitting_time_formats(std::span<const std::string_view> texts);

/// Reads a length of time with its unit: "10 min", "24 h", "30 s", "2 d". Returns nothing if it is none, or not whole
/// seconds above 0.
std::optional<std::chrono::seconds> parse_span(std::string_view text);

/// "2019-12-30 15:00", with seconds where there are any; `between` parts the date from the time.
std::string time_text(ClockTime time, char between = ' ');

/// "2019-12-30".
std::string date_text(std::chrono::local_days day);

}  // namespace firesweep
