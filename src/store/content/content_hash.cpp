#include "content/content_hash.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {
namespace {

/// Elements that are read at once when a file is hashed.
constexpr hsize_t hashed_at_once = 1 << 20;

std::string dataset_sha256(hid_t group, const std::string& name, const std::string& full_name) {
  const hdf5::Handle dataset = hdf5::open_dataset(group, name);
  const hdf5::Element element = hdf5::element_of(dataset);
  const hdf5::Shape shape = hdf5::shape_of(dataset);
  hdf5::expect_count(dataset, hdf5::at_most(std::numeric_limits<hsize_t>::max()));
  DatasetHash hash(full_name, element, shape);
  if (element == hdf5::Element::text) {
    hash.add(hdf5::read_text(dataset, hdf5::at_most(max_scenarios)));
    return hash.hex();
  }
  const hdf5::Shape piece_shape = hdf5::consecutive_piece(shape, hashed_at_once);
  std::vector<std::byte> bytes(hdf5::product(piece_shape) * hdf5::size_of(element));
  for (hsize_t position = 0; position < hdf5::product(shape);) {
    const hdf5::Piece piece = hdf5::piece_at(position, shape, piece_shape);
    const hsize_t elements = hdf5::product(piece.count);
    hdf5::read_piece(dataset, element, piece, bytes.data());
    hash.add(std::span(bytes).first(elements * hdf5::size_of(element)));
    position += elements;
  }
  return hash.hex();
}

/// Adds the datasets of a group to the hashes that cover them. In files of format 1 there is one, of all.
void add_datasets(hid_t group, const std::string& prefix, bool is_format_1, ContentHashes& hashes) {
  for (const std::string& name : hdf5::dataset_names(group)) {
    const auto covered_by =
        hdf5::read_text_attribute(hdf5::open_dataset(group, name).id(), covered_by_attribute);
    for (ContentHash* hash : {&hashes.content, &hashes.estimates})
      if (is_format_1 ? hash == &hashes.content : covered_by == hash->name())
        hash->add(prefix + name, dataset_sha256(group, name, prefix + name));
  }
}

/// Adds the attribute of that full name if there is one.
void add_attribute(const hdf5::Handle& file, const std::string& full_name, ContentHash& hash) {
  const std::size_t slash = full_name.find('/');
  const std::string group_name = slash == std::string::npos ? "/" : full_name.substr(0, slash);
  if (group_name != "/" && !hdf5::has_link(file.id(), group_name)) return;
  const hdf5::Handle group = hdf5::open_group(file.id(), group_name);
  const std::string name = slash == std::string::npos ? full_name : full_name.substr(slash + 1);
  if (const auto text = hdf5::read_text_attribute(group.id(), name)) hash.add_attribute(full_name, *text);
  if (const auto integer = hdf5::read_integer_attribute(group.id(), name))
    hash.add_attribute(full_name, *integer);
  if (const auto number = hdf5::read_number_attribute(group.id(), name))
    hash.add_attribute(full_name, *number);
}

}  // namespace

DatasetHash::DatasetHash(const std::string& name, hdf5::Element element, const hdf5::Shape& shape) {
  hash_.add(fmt::format("{} {} {}\n", name, hdf5::name(element), fmt::join(shape, ",")));
}

void DatasetHash::add(std::span<const std::string> texts) {
  for (const std::string& text : texts) {
    const std::uint64_t length = text.size();
    hash_.add(std::as_bytes(std::span(&length, 1)));
    hash_.add(std::string_view(text));
  }
}

void ContentHash::add(const std::string& name, std::string dataset_hash) {
  const bool is_new = parts_.emplace(name, std::move(dataset_hash)).second;
  expects(is_new, "a dataset is hashed once");
}

void ContentHash::add_attribute(const std::string& name, const std::string& value) {
  DatasetHash hash("@" + name, hdf5::Element::text, {});
  hash.add(std::span(&value, 1));
  add("@" + name, hash.hex());
}

void ContentHash::add_attribute(const std::string& name, std::int64_t value) {
  DatasetHash hash("@" + name, hdf5::Element::i8, {});
  hash.add(std::as_bytes(std::span(&value, 1)));
  add("@" + name, hash.hex());
}

void ContentHash::add_attribute(const std::string& name, double value) {
  DatasetHash hash("@" + name, hdf5::Element::f8, {});
  hash.add(std::as_bytes(std::span(&value, 1)));
  add("@" + name, hash.hex());
}

std::string ContentHash::hex() const {
  Sha256 hash;
  for (const auto& [name, part_hash] : parts_) hash.add(fmt::format("{}  {}\n", part_hash, name));
  return hash.hex();
}

StoredHashes hashes_of(const hdf5::Handle& file) {
  const bool is_format_1 = hdf5::read_integer_attribute(file.id(), format_version_attribute) == 1;
  ContentHashes hashes;
  add_datasets(file.id(), "", is_format_1, hashes);
  for (const std::string& name : hdf5::group_names(file.id())) {
    if (std::ranges::find(volatile_groups, name) != volatile_groups.end()) continue;
    add_datasets(hdf5::open_group(file.id(), name).id(), name + "/", is_format_1, hashes);
  }
  if (is_format_1) return {hashes.content.hex(), ""};
  for (const std::string& name : content_attributes) add_attribute(file, name, hashes.content);
  for (const std::string& name : estimates_attributes) add_attribute(file, name, hashes.estimates);
  return {hashes.content.hex(), hashes.estimates.hex()};
}

StoredHashes claimed_hashes(const hdf5::Handle& file) {
  return {hdf5::read_text_attribute(file.id(), content_hash_attribute).value_or(""),
          hdf5::read_text_attribute(file.id(), estimates_hash_attribute).value_or("")};
}

}  // namespace firesweep
