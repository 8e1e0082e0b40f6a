#include "hdf5/hdf5.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"

#include "hdf5/file_driver.hpp"

namespace firesweep::hdf5 {
namespace {

static_assert(std::endian::native == std::endian::little, "results are hashed as they lie in memory");

herr_t take_description(unsigned, const H5E_error2_t* entry, void* message) {
  auto& text = *static_cast<std::string*>(message);
  if (text.empty() && entry->desc != nullptr) text = entry->desc;
  return 0;
}

/// The innermost entry of HDF5's error stack.
std::string innermost_message() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_description, &text);
  return text.empty() ? "HDF5 gives no reason" : text;
}

template <class Status>
Status checked(Status status, std::string_view doing) {
  if (status < 0) fail(doing);
  return status;
}

hid_t in_file(Element element) {
  switch (element) {
    case Element::u1:
      return H5T_STD_U8LE;
    case Element::u4:
      return H5T_STD_U32LE;
    case Element::u8:
      return H5T_STD_U64LE;
    case Element::i4:
      return H5T_STD_I32LE;
    case Element::i8:
      return H5T_STD_I64LE;
    case Element::f4:
      return H5T_IEEE_F32LE;
    case Element::f8:
      return H5T_IEEE_F64LE;
    case Element::text:
      break;
  }
  break_contract("an element of numbers", __FILE__, __LINE__);
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  checked(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  return type;
}

Handle property_list(hid_t kind) {
  return {H5Pcreate(kind), H5Pclose, "make a property list"};
}

Handle simple_space(const Shape& shape) {
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
          "make a dataspace"};
}

Handle scalar_space() {
  return {H5Screate(H5S_SCALAR), H5Sclose, "make a dataspace"};
}

Handle space_of(const Handle& dataset) {
  return {H5Dget_space(dataset.id()), H5Sclose, "ask for a dataset's shape"};
}

void write_attribute_of(hid_t object, const std::string& name, hid_t type, const Handle& space, hid_t memory,
                        const void* data) {
  const std::string doing = fmt::format("write the attribute '{}'", name);
  Handle attribute(H5Acreate2(object, name.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                   doing);
  checked(H5Awrite(attribute.id(), memory, data), doing);
  attribute.close(doing);
}

/// The scalar attribute of that name and class, or nothing.
std::optional<Handle> scalar_attribute(hid_t object, const std::string& name, H5T_class_t wanted) {
  if (checked(H5Aexists(object, name.c_str()), "look for an attribute") == 0) return std::nullopt;
  Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle type(H5Aget_type(attribute.id()), H5Tclose, "ask for an attribute's type");
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, "ask for an attribute's shape");
  const bool fits = H5Tget_class(type.id()) == wanted && H5Sget_simple_extent_npoints(space.id()) == 1;
  return fits ? std::optional(std::move(attribute)) : std::nullopt;
}

template <class T>
std::optional<T> read_scalar(hid_t object, const std::string& name, H5T_class_t wanted, hid_t memory) {
  const auto attribute = scalar_attribute(object, name, wanted);
  if (!attribute) return std::nullopt;
  T value{};
  checked(H5Aread(attribute->id(), memory, &value), "read an attribute");
  return value;
}

/// Whether a name stands for something in the file itself. What leads elsewhere, perhaps to nothing or to a
/// device, is not followed: firesweep makes no such links.
bool is_in_file(hid_t parent, const std::string& name) {
  H5L_info_t link;
  return H5Lget_info(parent, name.c_str(), &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_HARD;
}

void expect_in_file(hid_t parent, const std::string& name) {
  if (name == "/") return;
  const std::string doing = fmt::format("open '{}'", name);
  if (checked(H5Lexists(parent, name.c_str(), H5P_DEFAULT), doing) == 0)
    throw Error(doing + ": there is nothing of that name");
  H5L_info_t link;
  checked(H5Lget_info(parent, name.c_str(), &link, H5P_DEFAULT), doing);
  if (link.type != H5L_TYPE_HARD) throw Error(doing + ": it leads to another place");
}

// By index of creation where the group has one: going through all links of a large group (H5Literate) crashes
// HDF5 1.10 if a read fails on the way.
std::vector<std::string> names_of(hid_t parent, H5I_type_t kind) {
  constexpr std::string_view doing = "list a group";
  const Handle opened(H5Gopen2(parent, ".", H5P_DEFAULT), H5Gclose, doing);  // it may be a file
  const hid_t group = opened.id();
  const Handle creation(H5Gget_create_plist(group), H5Pclose, doing);
  unsigned order = 0;
  checked(H5Pget_link_creation_order(creation.id(), &order), doing);
  const H5_index_t index = (order & H5P_CRT_ORDER_INDEXED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  H5G_info_t links;
  checked(H5Gget_info(group, &links), doing);
  std::vector<std::string> names;
  for (hsize_t i = 0; i < links.nlinks; ++i) {
    const auto get = [&](char* name, std::size_t size) {
      const ssize_t length = H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, name, size, H5P_DEFAULT);
      if (length < 0) fail(doing);
      return static_cast<std::size_t>(length);
    };
    std::string name(get(nullptr, 0), '\0');
    get(name.data(), name.size() + 1);
    if (!is_in_file(group, name)) continue;
    const Handle object(H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose, doing);
    if (H5Iget_type(object.id()) == kind) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The space of a dataset with the piece selected; a scalar is one piece, all of it.
Handle space_of(const Handle& dataset, const Piece& piece) {
  Handle space = space_of(dataset);
  if (H5Sget_simple_extent_ndims(space.id()) > 0)
    checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, piece.offset.data(), nullptr, piece.count.data(),
                                nullptr),
            "select a piece");
  return space;
}

}  // namespace

void fail(std::string_view doing) {
  throw Error(fmt::format("{}: {}", doing, innermost_message()));
}

Handle::Handle(hid_t id, Close closer, std::string_view doing) : id_(id), close_(closer) {
  if (id < 0) fail(doing);
}

Handle::~Handle() {
  if (id_ >= 0) close_(id_);
}

Handle::Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(close_, other.close_);
  return *this;
}

void Handle::close(std::string_view doing) {
  if (id_ >= 0) checked(close_(std::exchange(id_, -1)), doing);
}

std::string_view name(Element element) {
  constexpr std::array<std::string_view, 8> names = {"u1", "u4", "u8", "i4", "i8", "f4", "f8", "text"};
  return names[static_cast<std::size_t>(element)];
}

bool may_be_read_as(Element stored, Element wanted) {
  return stored == wanted || (stored == Element::u4 && wanted == Element::i4) ||
         (stored == Element::u8 && wanted == Element::i8);
}

std::size_t size_of(Element element) {
  return H5Tget_size(in_file(element));
}

void keep_quiet() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void track_creation_order(const Handle& properties) {
  checked(H5Pset_link_creation_order(properties.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
          "track the order of a group");
  checked(H5Pset_attr_creation_order(properties.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
          "track the order of attributes");
}

Handle open_file(const std::string& path) {
  const Handle access = access_through_driver(nullptr);
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose, "open the file"};
}

Handle create_group(hid_t parent, const std::string& name) {
  const Handle creation = property_list(H5P_GROUP_CREATE);
  checked(H5Pset_obj_track_times(creation.id(), 0), "leave the clock out");
  track_creation_order(creation);
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), H5Gclose,
          fmt::format("create the group '{}'", name)};
}

Handle open_group(hid_t parent, const std::string& name) {
  expect_in_file(parent, name);
  return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, fmt::format("open the group '{}'", name)};
}

bool has_link(hid_t parent, const std::string& name) {
  return checked(H5Lexists(parent, name.c_str(), H5P_DEFAULT), "look for a name") > 0 &&
         is_in_file(parent, name);
}

std::vector<std::string> dataset_names(hid_t group) {
  return names_of(group, H5I_DATASET);
}

std::vector<std::string> group_names(hid_t group) {
  return names_of(group, H5I_GROUP);
}

Handle create_dataset(hid_t group, const std::string& name, Element element, const Shape& shape,
                      const Shape& chunk, unsigned deflate_level) {
  const std::string doing = fmt::format("create '{}'", name);
  const Handle creation = property_list(H5P_DATASET_CREATE);
  checked(H5Pset_obj_track_times(creation.id(), 0), doing);
  if (element != Element::text) {  // which must be filled before it is written; numbers need not
    checked(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER), doing);
  }
  if (!chunk.empty()) {
    checked(H5Pset_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()), doing);
    checked(H5Pset_shuffle(creation.id()), doing);
    checked(H5Pset_deflate(creation.id(), deflate_level), doing);
    checked(H5Pset_fletcher32(creation.id()), doing);
  }
  const Handle space = simple_space(shape);
  const auto create = [&](hid_t type) {
    return Handle(H5Dcreate2(group, name.c_str(), type, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
                  H5Dclose, doing);
  };
  return element == Element::text ? create(text_type().id()) : create(in_file(element));
}

Handle open_dataset(hid_t group, const std::string& name) {
  expect_in_file(group, name);
  return {H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, fmt::format("open '{}'", name)};
}

std::string name_of(const Handle& dataset) {
  std::string name(static_cast<std::size_t>(checked(H5Iget_name(dataset.id(), nullptr, 0), "ask for a name")),
                   ' ');
  checked(H5Iget_name(dataset.id(), name.data(), name.size() + 1), "ask for a name");
  return name;
}

Shape shape_of(const Handle& dataset) {
  const Handle space = space_of(dataset);
  const int rank = checked(H5Sget_simple_extent_ndims(space.id()), "ask for a dataset's shape");
  Shape shape(static_cast<std::size_t>(rank));
  checked(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), "ask for a dataset's shape");
  return shape;
}

Element element_of(const Handle& dataset) {
  const Handle type(H5Dget_type(dataset.id()), H5Tclose, "ask for a dataset's type");
  if (checked(H5Tis_variable_str(type.id()), "ask for a dataset's type") > 0) return Element::text;
  for (const Element element :
       {Element::u1, Element::u4, Element::u8, Element::i4, Element::i8, Element::f4, Element::f8}) {
    if (H5Tequal(type.id(), in_file(element)) > 0) return element;
  }
  throw Error(
      fmt::format("read '{}': its elements are of a type that firesweep never writes", name_of(dataset)));
}

void write_piece(const Handle& dataset, Element element, const Piece& piece, const void* data) {
  const Handle space = space_of(dataset, piece);
  const Handle here = simple_space(piece.count);
  checked(H5Dwrite(dataset.id(), in_file(element), here.id(), space.id(), H5P_DEFAULT, data),
          "write a piece");
}

void read_piece(const Handle& dataset, Element element, const Piece& piece, void* data) {
  const Handle space = space_of(dataset, piece);
  const Handle here = simple_space(piece.count);
  checked(H5Dread(dataset.id(), in_file(element), here.id(), space.id(), H5P_DEFAULT, data), "read a piece");
}

void write_text(const Handle& dataset, std::span<const std::string> values) {
  std::vector<const char*> pointers(values.size());
  std::transform(values.begin(), values.end(), pointers.begin(),
                 [](const auto& value) { return value.c_str(); });
  checked(H5Dwrite(dataset.id(), text_type().id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
          "write text");
}

std::vector<std::string> read_text(const Handle& dataset, Count expected) {
  if (element_of(dataset) != Element::text)
    throw Error(fmt::format("read '{}': it is no text", name_of(dataset)));
  const Handle type = text_type();
  const Handle space = space_of(dataset);
  std::vector<char*> pointers(expect_count(dataset, expected), nullptr);
  checked(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "read text");
  std::vector<std::string> values;
  for (const char* pointer : pointers) values.emplace_back(pointer == nullptr ? "" : pointer);
  H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data());
  return values;
}

void make_scale(const Handle& dataset, const std::string& name) {
  checked(H5DSset_scale(dataset.id(), name.c_str()), "make a dimension scale");
}

void attach_scale(const Handle& dataset, const Handle& scale, unsigned dimension) {
  checked(H5DSattach_scale(dataset.id(), scale.id(), dimension), "attach a dimension scale");
}

void write_attribute(hid_t object, const std::string& name, const std::string& value) {
  const Handle type = text_type();
  const char* pointer = value.c_str();
  write_attribute_of(object, name, type.id(), scalar_space(), type.id(), &pointer);
}

void write_numbers(hid_t object, const std::string& name, Element element, std::size_t count,
                   const void* values) {
  write_attribute_of(object, name, in_file(element), count == 1 ? scalar_space() : simple_space({count}),
                     in_file(element), values);
}

void write_fill_value(const Handle& dataset, Element element) {
  constexpr std::int32_t minus_one = -1;
  const bool is_float = element == Element::f4 || element == Element::f8;
  write_attribute_of(dataset.id(), "_FillValue", in_file(element), scalar_space(),
                     is_float ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT32,
                     is_float ? static_cast<const void*>(&nan) : &minus_one);
}

std::optional<std::string> read_text_attribute(hid_t object, const std::string& name) {
  const auto attribute = scalar_attribute(object, name, H5T_STRING);
  if (!attribute) return std::nullopt;
  const Handle own(H5Aget_type(attribute->id()), H5Tclose, "ask for an attribute's type");
  if (H5Tis_variable_str(own.id()) <= 0) return std::nullopt;
  const Handle type = text_type();
  char* pointer = nullptr;
  checked(H5Aread(attribute->id(), type.id(), &pointer), "read an attribute");
  std::string value(pointer == nullptr ? "" : pointer);
  H5free_memory(pointer);
  return value;
}

std::optional<std::int64_t> read_integer_attribute(hid_t object, const std::string& name) {
  return read_scalar<std::int64_t>(object, name, H5T_INTEGER, H5T_NATIVE_INT64);
}

std::optional<double> read_number_attribute(hid_t object, const std::string& name) {
  return read_scalar<double>(object, name, H5T_FLOAT, H5T_NATIVE_DOUBLE);
}

}  // namespace firesweep::hdf5
