#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <hdf5.h>

/// The little of HDF5's C API that results files need: identifiers that close themselves, failures that
/// throw.
namespace firesweep::hdf5 {

/// What HDF5 could not do, and why: its own innermost message, or the system's where that is the cause.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws Error: what could not be done, and the reason that HDF5 gave last.
[[noreturn]] void fail(std::string_view doing);

/// An open identifier.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  /// Takes what an HDF5 call returned; throws Error, saying `doing`, if that is no identifier.
  Handle(hid_t id, Close closer, std::string_view doing);
  ~Handle();
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;

  hid_t id() const { return id_; }

  /// Closes now, which may write what was kept back. Throws Error, saying `doing`, if that fails.
  void close(std::string_view doing);

 private:
  hid_t id_;
  Close close_;
};

/// What the elements of a dataset are. Numbers are little-endian in the file; text is UTF-8 of variable
/// length.
enum class Element : std::uint8_t { u1, u4, u8, i4, i8, f4, f8, text };

/// "u1", "u4", "u8", "i4", "i8", "f4", "f8" or "text".
std::string_view name(Element element);

/// Whether what is stored may be read as `wanted`: it is just that, or its unsigned counterpart, which files
/// of format 1 have in its place.
bool may_be_read_as(Element stored, Element wanted);

/// Bytes of a number.
std::size_t size_of(Element element);

template <class T>
constexpr Element element_of() = delete;
template <>
constexpr Element element_of<std::uint8_t>() {
  return Element::u1;
}
template <>
constexpr Element element_of<std::uint32_t>() {
  return Element::u4;
}
template <>
constexpr Element element_of<std::uint64_t>() {
  return Element::u8;
}
template <>
constexpr Element element_of<std::int32_t>() {
  return Element::i4;
}
template <>
constexpr Element element_of<std::int64_t>() {
  return Element::i8;
}
template <>
constexpr Element element_of<float>() {
  return Element::f4;
}
template <>
constexpr Element element_of<double>() {
  return Element::f8;
}

using Shape = std::vector<hsize_t>;

/// Number of elements. Throws Error if they cannot be counted with 64 bits.
hsize_t product(std::span<const hsize_t> shape);

/// How many elements a dataset may have.
struct Count {
  hsize_t least;
  hsize_t most;
};
constexpr Count exactly(hsize_t elements) {
  return {elements, elements};
}
constexpr Count at_most(hsize_t elements) {
  return {0, elements};
}

/// Part of a dataset: `count` elements along every dimension from `offset` on.
struct Piece {
  Shape offset;
  Shape count;
};

/// Returns the largest piece, at most `most` elements, such that pieces of this shape cut a dataset of
/// `shape` into consecutive stretches of its row-major order: 1 along the first dimensions, a part of one,
/// all of the last ones. Lengths may be 0.
Shape consecutive_piece(const Shape& shape, hsize_t most);

/// The piece of that shape which begins with the element number `position`, clipped at the dataset's end.
Piece piece_at(hsize_t position, const Shape& shape, const Shape& piece_shape);

/// Keeps HDF5 from printing its error stack; what fails is thrown here instead.
void keep_quiet();

/// Has what is in a group, and its attributes, listed in the order in which it was made, as the documentation
/// does.
void track_creation_order(const Handle& properties);

Handle open_file(const std::string& path);

Handle create_group(hid_t parent, const std::string& name);
/// Throws Error if there is no such group in the file itself.
Handle open_group(hid_t parent, const std::string& name);
/// Whether there is something of that name that lies in the file itself. Links to elsewhere are none of ours.
bool has_link(hid_t parent, const std::string& name);
/// Names of the datasets directly in a group, ascending by their bytes.
std::vector<std::string> dataset_names(hid_t group);
/// The same of the groups in it.
std::vector<std::string> group_names(hid_t group);

/// Deflate's fastest level. On burn counts, probabilities and their intervals the levels above it take up to
/// four times as long and save at most two percent.
inline constexpr unsigned fastest_deflate = 1;

/// Creates a dataset, in one stretch if `chunk` is empty, else in compressed and checksummed chunks.
Handle create_dataset(hid_t group, const std::string& name, Element element, const Shape& shape,
                      const Shape& chunk, unsigned deflate_level = fastest_deflate);
/// Throws Error if there is no such dataset in the file itself.
Handle open_dataset(hid_t group, const std::string& name);
/// As the file has it, e.g. "/provenance/sessions/host".
std::string name_of(const Handle& dataset);
Shape shape_of(const Handle& dataset);
/// Throws Error if its elements are of no kind in Element.
Element element_of(const Handle& dataset);

/// The number of the dataset's elements. Throws Error, before anything is allocated, if it is none of those
/// that are expected or if the file cannot hold so many: a dataset may declare elements that are not stored.
hsize_t expect_count(const Handle& dataset, Count expected);

void write_piece(const Handle& dataset, Element element, const Piece& piece, const void* data);
void read_piece(const Handle& dataset, Element element, const Piece& piece, void* data);
void write_text(const Handle& dataset, std::span<const std::string> values);
/// All of a dataset of text. Throws Error if it is none, or of another size.
std::vector<std::string> read_text(const Handle& dataset, Count expected);

/// All of a dataset, in row-major order. Throws Error if its elements may not be read as T, or are not as
/// many as expected.
template <class T>
std::vector<T> read_all(hid_t group, const std::string& name, Count expected) {
  const Handle dataset = open_dataset(group, name);
  if (!may_be_read_as(element_of(dataset), element_of<T>()))
    throw Error("read '" + name + "': its elements are of another type");
  const Shape shape = shape_of(dataset);
  std::vector<T> values(expect_count(dataset, expected));
  read_piece(dataset, element_of<T>(), {Shape(shape.size(), 0), shape}, values.data());
  return values;
}

/// Makes a dataset the scale of the dimension that it is named after.
void make_scale(const Handle& dataset, const std::string& name);
void attach_scale(const Handle& dataset, const Handle& scale, unsigned dimension);

void write_attribute(hid_t object, const std::string& name, const std::string& value);

/// Writes numbers of a type that elements have; one of them as a scalar.
void write_numbers(hid_t object, const std::string& name, Element element, std::size_t count,
                   const void* values);
template <class T>
requires std::is_arithmetic_v<T>
void write_attribute(hid_t object, const std::string& name, T value) {
  write_numbers(object, name, element_of<T>(), 1, &value);
}
template <class T>
void write_attribute(hid_t object, const std::string& name, std::span<const T> values) {
  write_numbers(object, name, element_of<T>(), values.size(), values.data());
}
template <class T>
void write_attribute(hid_t object, const std::string& name, const std::vector<T>& values) {
  write_attribute(object, name, std::span<const T>(values));
}

/// Tells readers by the attribute `_FillValue`, which is of the dataset's own type, what stands where nothing
/// is known: NaN among floating-point numbers, -1 among signed integers.
void write_fill_value(const Handle& dataset, Element element);

/// The attribute's value, or nothing if there is none of that name and kind.
std::optional<std::string> read_text_attribute(hid_t object, const std::string& name);
std::optional<std::int64_t> read_integer_attribute(hid_t object, const std::string& name);
std::optional<double> read_number_attribute(hid_t object, const std::string& name);

}  // namespace firesweep::hdf5
