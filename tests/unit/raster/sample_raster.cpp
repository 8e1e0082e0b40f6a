#include "sample_raster.hpp"

#include <stdexcept>

#include <cpl_conv.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>

namespace firesweep::sample {

std::string wkt_of(const std::string& crs) {
  OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
  OSRSetFromUserInput(system, crs.c_str());
  char* text = nullptr;
  OSRExportToWkt(system, &text);
  const std::string wkt = text;
  CPLFree(text);
  OSRRelease(system);
  return wkt;
}

std::string Raster::write(const std::string& path) const {
  GDALRegister_GTiff();
  CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
  GDALDatasetH file = GDALCreate(GDALGetDriverByName("GTiff"), path.c_str(), width, height,
                                 static_cast<int>(bands.size()), type, nullptr);
  if (file == nullptr) throw std::runtime_error("a test cannot write " + path);
  std::array<double, 6> placed = transform;
  if (placed[1] != 0.0) GDALSetGeoTransform(file, placed.data());
  if (!crs.empty()) GDALSetProjection(file, wkt_of(crs).c_str());
  for (std::size_t i = 0; i < bands.size(); ++i) {
    GDALRasterBandH band = GDALGetRasterBand(file, static_cast<int>(i) + 1);
    if (i < descriptions.size()) GDALSetDescription(band, descriptions[i].c_str());
    if (nodata) GDALSetRasterNoDataValue(band, *nodata);
    if (!unit.empty()) GDALSetRasterUnitType(band, unit.c_str());
    if (scale != 1.0 || offset != 0.0) {
      GDALSetRasterScale(band, scale);
      GDALSetRasterOffset(band, offset);
    }
    std::vector<double> values = bands[i];
    if (GDALRasterIO(band, GF_Write, 0, 0, width, height, values.data(), width, height, GDT_Float64, 0, 0) !=
        CE_None)
      throw std::runtime_error("a test cannot fill " + path);
  }
  if (!mask.empty()) {
    GDALCreateDatasetMaskBand(file, GMF_PER_DATASET);
    std::vector<double> values = mask;
    if (GDALRasterIO(GDALGetMaskBand(GDALGetRasterBand(file, 1)), GF_Write, 0, 0, width, height,
                     values.data(), width, height, GDT_Float64, 0, 0) != CE_None)
      throw std::runtime_error("a test cannot mask " + path);
  }
  GDALClose(file);
  return path;
}

}  // namespace firesweep::sample
