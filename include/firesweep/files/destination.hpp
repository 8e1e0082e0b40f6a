#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace firesweep {

/// Where `path` leads through symbolic links, the last of which may point at nothing. Throws InputError if
/// they lead in a circle.
std::filesystem::path destination(std::filesystem::path path);

/// Where output named `path` is to lie. Throws InputError if that is a directory or its folder does not
/// exist.
std::filesystem::path expected_destination(const std::string& path);

std::filesystem::path folder_of(const std::filesystem::path& path);

/// `.NAME.SUFFIX` beside a results file, where what belongs to it is kept.
std::filesystem::path companion(const std::filesystem::path& results, std::string_view suffix);

/// The name of a file beside `results` that nobody else uses; it goes with this object unless it has been
/// renamed.
class Temporary {
 public:
  explicit Temporary(const std::filesystem::path& results);
  ~Temporary();
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  void remove() const;

  std::filesystem::path path_;
};

/// Removes the temporaries beside `results` of processes that were killed. Nobody else may be writing
/// `results`.
void remove_temporaries(const std::filesystem::path& results);

}  // namespace firesweep
