#pragma once

#include <memory>
#include <optional>
#include <string>

namespace firesweep {

/// A horizontal coordinate reference system; a vertical one that came with it is left out.
class CoordinateSystem {
 public:
  /// Nothing if `definition`, a code such as "EPSG:5070", WKT or a PROJ string, is none.
  static std::optional<CoordinateSystem> from(const std::string& definition);

  /// Of the lines of an ESRI .prj file.
  static std::optional<CoordinateSystem> from_prj(const std::string& text);

  const std::string& wkt() const { return wkt_; }

  /// As in an ESRI .prj file.
  std::string prj() const;

  /// "NAD83 / Conus Albers (EPSG:5070)".
  std::string name() const;

  /// What -t_srs and its like take: "EPSG:5070", or a quoted PROJ string.
  std::string argument() const;

  bool is_geographic() const;
  bool is_web_mercator() const;

  /// Nothing where the unit of length is not known.
  std::optional<double> metres_per_unit() const;

  bool is_same_as(const CoordinateSystem& other) const;

  /// As GDAL has it.
  void* handle() const { return handle_.get(); }

 private:
  struct Release {
    void operator()(void* system) const;
  };
  using Handle = std::unique_ptr<void, Release>;

  explicit CoordinateSystem(Handle handle);

  Handle handle_;
  std::string wkt_;
};

}  // namespace firesweep
