#include "netcdf/netcdf_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace firesweep {
namespace {

void check(herr_t status, const std::string& doing) {
  if (status < 0) throw hdf5::Error(doing);
}

hdf5::Handle space_of(const hdf5::Shape& shape) {
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
          "make a dataspace"};
}

/// Text of that many bytes; of one byte it is netCDF's NC_CHAR.
hdf5::Handle text_type(std::size_t bytes) {
  hdf5::Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check(H5Tset_size(type.id(), bytes), "make a text type");
  return type;
}

void write_attribute(hid_t object, const std::string& name, hid_t type, const hdf5::Handle& space,
                     const void* data) {
  const std::string doing = fmt::format("write the attribute '{}'", name);
  hdf5::Handle attribute(H5Acreate2(object, name.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, doing);
  check(H5Awrite(attribute.id(), type, data), doing);
  attribute.close(doing);
}

void write_text(hid_t object, const std::string& name, const std::string& value) {
  const hdf5::Handle type = text_type(std::max<std::size_t>(value.size(), 1));
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  const hdf5::Handle scalar(H5Screate(H5S_SCALAR), H5Sclose, "make a dataspace");
  write_attribute(object, name, type.id(), scalar, value.c_str());
}

void write_numbers(hid_t object, const std::string& name, const std::vector<double>& values) {
  write_attribute(object, name, H5T_IEEE_F64LE, space_of({values.size()}), values.data());
}

}  // namespace

void NetcdfWriter::attribute(const std::string& name, const std::string& value) {
  write_text(file_.id(), name, value);
}

void NetcdfWriter::attribute(const std::string& name, std::int32_t value) {
  write_attribute(file_.id(), name, H5T_STD_I32LE, space_of({1}), &value);
}

void NetcdfWriter::write_range(const hdf5::Handle& dataset, hdf5::Element element, const void* two_numbers) {
  const hid_t type = element == hdf5::Element::i4   ? H5T_STD_I32LE
                     : element == hdf5::Element::f4 ? H5T_IEEE_F32LE
                                                    : H5T_IEEE_F64LE;
  write_attribute(dataset.id(), "actual_range", type, space_of({2}), two_numbers);
}

void NetcdfWriter::scalar(const std::string& name, const Attributes& attributes) {
  DatasetStream stream = create(name, hdf5::element_of<std::int32_t>(), {});
  describe(name, {}, attributes);
  constexpr std::array<std::int32_t, 1> nothing = {0};
  stream.append(std::span<const std::int32_t>(nothing));
  stream.finish();
}

void NetcdfWriter::dimension(const std::string& name, std::size_t length) {
  // No element of it is ever written, or has a place in the file. The name is what netCDF looks for.
  hdf5::create_dataset(file_.id(), name, hdf5::Element::f4, {length}, {});
  make_dimension(name, fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", length),
                 length);
}

void NetcdfWriter::text(const std::string& name, const std::string& dimension, const std::string& letters,
                        const Attributes& attributes, const std::vector<std::string>& values) {
  const std::string doing = fmt::format("write '{}'", name);
  const std::size_t length = dimensions_.at(letters).length;
  std::string all;
  for (const std::string& value : values) all += value + std::string(length - value.size(), '\0');
  const hdf5::Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, doing);
  check(H5Pset_obj_track_times(creation.id(), 0), doing);
  const hdf5::Handle type = text_type(1);
  hdf5::Handle dataset(H5Dcreate2(file_.id(), name.c_str(), type.id(), space_of({values.size(), length}).id(),
                                  H5P_DEFAULT, creation.id(), H5P_DEFAULT),
                       H5Dclose, doing);
  check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, all.data()), doing);
  dataset.close(doing);
  describe(name, {dimension, letters}, attributes);
}

void NetcdfWriter::close() {
  chunks_.finish();
  dimensions_.clear();
  file_.close();
}

DatasetStream NetcdfWriter::create(const std::string& name, hdf5::Element element, const hdf5::Shape& shape) {
  constexpr hsize_t most = 1 << 20;
  if (shape.size() <= 1)
    return {hdf5::create_dataset(file_.id(), name, element, shape, {}),
            name,
            element,
            shape,
            shape,
            DatasetStream::Storage::contiguous,
            nullptr,
            chunks_};
  hdf5::Shape chunk = hdf5::consecutive_piece({shape.begin() + 1, shape.end()}, most);  // of one scenario
  chunk.insert(chunk.begin(), 1);
  return {hdf5::create_dataset(file_.id(), name, element, shape, chunk),
          name,
          element,
          shape,
          chunk,
          DatasetStream::Storage::chunked,
          nullptr,
          chunks_};
}

void NetcdfWriter::describe(const std::string& variable, const Dimensions& dimensions,
                            const Attributes& attributes) const {
  const hdf5::Handle dataset = hdf5::open_dataset(file_.id(), variable);
  for (const auto& [name, value] : attributes) {
    if (const auto* text = std::get_if<std::string>(&value))
      write_text(dataset.id(), name, *text);
    else
      write_numbers(dataset.id(), name, std::get<std::vector<double>>(value));
  }
  for (std::size_t i = 0; i < dimensions.size(); ++i)
    hdf5::attach_scale(dataset, dimensions_.at(dimensions[i]).scale, static_cast<unsigned>(i));
}

void NetcdfWriter::make_dimension(const std::string& name, const std::string& name_of_scale,
                                  std::size_t length) {
  hdf5::Handle scale = hdf5::open_dataset(file_.id(), name);
  hdf5::make_scale(scale, name_of_scale);
  dimensions_.emplace(name, Dimension{std::move(scale), length});
}

}  // namespace firesweep
