#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"

#include "content/chunk_writer.hpp"
#include "content/content_hash.hpp"
#include "hdf5/hdf5.hpp"

namespace firesweep {

/// What a reader is told about a dataset.
struct Variable {
  Variable(std::string_view a_name, std::string_view a_unit, std::string_view a_meaning,
           Missing is_missing = Missing::never)
      : name(a_name), units(a_unit), long_name(a_meaning), missing(is_missing) {}
  Variable(const ArrayRow& row) : Variable(row.name, row.unit, row.meaning, row.missing) {}

  std::string name;
  std::string units;
  std::string long_name;
  Missing missing;
};

/// The same over the runs in which a fire started.
inline Variable given_start_of(const Variable& of_all) {
  Variable variable = of_all;
  variable.name += given_start_suffix;
  variable.long_name += given_start_words;
  return variable;
}

/// Whether a dataset of that shape is cut into chunks.
bool is_in_chunks(const hdf5::Shape& shape);

/// How it is cut then, into compressed chunks of consecutive elements.
hdf5::Shape chunk_of(const hdf5::Shape& shape, const std::vector<std::string>& dimensions);

/// A dataset that is written from its first element to its last in row-major order, without ever being in
/// memory as a whole: what comes is kept until a chunk is full.
class DatasetStream {
 public:
  /// How the dataset lies in the file: in one stretch, or in chunks for whoever writes them.
  enum class Storage : std::uint8_t { contiguous, chunked };

  /// What is written at once has the shape `piece`. `hash`, which may be null, learns the dataset's hash when all is
  /// written.
  DatasetStream(hdf5::Handle dataset, std::string full_name, hdf5::Element element, hdf5::Shape shape,
                hdf5::Shape piece, Storage storage, ContentHash* hash, ChunkWriter& chunks);

  /// Adds the next elements, any number of them.
  template <class T>
  void append(std::span<const T> values) {
    expects(hdf5::element_of<T>() == element_, "a dataset's elements are of one type");
    append_bytes(std::as_bytes(values));
  }

  /// Adds the next `count` elements, which make(first, values) sets, from the number `first` of these on; other
  /// threads may call it, until the chunks are finished. Begins and ends between chunks.
  template <class T, class Make>
  void append_made(std::size_t count, const Make& make) {
    expects(hdf5::element_of<T>() == element_, "a dataset's elements are of one type");
    append_made_bytes(count, [make](std::size_t first, std::span<std::byte> bytes) {
      make(first, std::span(reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)));
    });
  }

  /// Has the dataset closed, of which every element must have come.
  void finish();

 private:
  using Make = std::function<void(std::size_t first, std::span<std::byte> bytes)>;

  void append_bytes(std::span<const std::byte> bytes);
  void append_made_bytes(std::size_t count, const Make& make);
  void write_waiting(const hdf5::Piece& piece);

  std::shared_ptr<ChunkedDataset> target_;
  hdf5::Element element_;
  hdf5::Shape shape_;
  hdf5::Shape piece_;
  std::size_t piece_bytes_;
  Storage storage_;
  ChunkWriter* chunks_;
  hsize_t written_ = 0;                   // elements
  std::shared_ptr<std::byte[]> waiting_;  // for the rest of their piece
  std::size_t waiting_bytes_ = 0;
};

/// Writes the datasets of one group, each with units, a long name and a scale on every dimension.
class GroupWriter {
 public:
  /// `hash` learns of every dataset, whose attribute `covered_by` names it, or is null where the content is
  /// not reproducible. `chunks`, which must outlive this, writes the large ones.
  GroupWriter(hdf5::Handle group, ContentHash* hash, ChunkWriter& chunks);

  /// What is written from now on, also in groups that are made from now on, is for this hash to learn.
  void hash_with(ContentHash* hash) { hash_ = hash; }
  ContentHash* hash() const { return hash_; }

  /// A group inside this one, which knows this one's dimensions and must not outlive it.
  GroupWriter create_group(std::string_view name, ContentHash* hash) const;
  GroupWriter create_group(std::string_view name) const { return create_group(name, hash_); }

  /// Writes a coordinate, at least one value long, which becomes the dimension of its name.
  template <class T>
  void coordinate(const Variable& variable, std::span<const T> values) {
    DatasetStream stream = create(variable, hdf5::element_of<T>(), {values.size()}, {variable.name});
    stream.append(values);
    stream.finish();
    make_dimension(variable.name, values.size());
  }
  /// One of so many values, which make(first, values) sets as for DatasetStream::append_made.
  template <class T, class Make>
  void coordinate(const Variable& variable, std::size_t length, const Make& make) {
    DatasetStream stream = create(variable, hdf5::element_of<T>(), {length}, {variable.name});
    stream.append_made<T>(length, make);
    stream.finish();
    make_dimension(variable.name, length);
  }
  void coordinate(const Variable& variable, const std::vector<std::string>& values);

  /// A coordinate that counts 0, 1, ..., `length` - 1.
  void index(const Variable& variable, std::size_t length);

  using Dimensions = std::vector<std::string>;

  /// Begins a dataset of numbers over dimensions made before.
  template <class T>
  DatasetStream stream(const Variable& variable, const Dimensions& dimensions) {
    constexpr hdf5::Element element = hdf5::element_of<T>();
    DatasetStream stream = create(variable, element, shape_of(dimensions), dimensions);
    if (std::is_floating_point_v<T> || variable.missing == Missing::minus_one)
      hdf5::write_fill_value(hdf5::open_dataset(group_.id(), variable.name), element);
    attach(variable.name, dimensions);
    return stream;
  }

  /// Writes a dataset whole.
  template <class T>
  void write(const Variable& variable, const Dimensions& dimensions, const std::vector<T>& values) {
    DatasetStream whole = stream<T>(variable, dimensions);
    whole.append(std::span<const T>(values));
    whole.finish();
  }
  void write(const Variable& variable, const Dimensions& dimensions, const std::vector<std::string>& values);

  template <class T>
  void attribute(const std::string& name, const T& value) {
    hdf5::write_attribute(group_.id(), name, value);
  }

  /// An attribute that the hash learns as well.
  template <class T>
  void hashed_attribute(const std::string& name, const T& value) {
    attribute(name, value);
    if (hash_ != nullptr) hash_->add_attribute(prefix_ + name, value);
  }

  /// An attribute of one of the group's datasets.
  template <class T>
  void attribute_of(const std::string& dataset, const std::string& name, const T& value) {
    hdf5::write_attribute(hdf5::open_dataset(group_.id(), dataset).id(), name, value);
  }

  bool has_dimension(const std::string& name) const;
  std::size_t length(const std::string& dimension) const { return scale(dimension).length; }

 private:
  struct Scale {
    hdf5::Handle dataset;
    std::size_t length;
  };

  GroupWriter(hdf5::Handle group, std::string prefix, ContentHash* hash, ChunkWriter& chunks,
              const GroupWriter* parent);

  DatasetStream create(const Variable& variable, hdf5::Element element, const hdf5::Shape& shape,
                       const Dimensions& dimensions);
  void describe(const hdf5::Handle& dataset, const Variable& variable) const;
  void make_dimension(const std::string& name, std::size_t length);
  void attach(const std::string& dataset, const Dimensions& dimensions);
  const Scale& scale(const std::string& dimension) const;
  hdf5::Shape shape_of(const Dimensions& dimensions) const;

  hdf5::Handle group_;
  std::string prefix_;  // of full names, e.g. "sums/"
  ContentHash* hash_;
  ChunkWriter* chunks_;
  const GroupWriter* parent_;
  std::map<std::string, Scale> scales_;
};

}  // namespace firesweep
