#include "content/chunk_writer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <hdf5.h>

#include "../catch.hpp"
#include "content/content_hash.hpp"
#include "content/group_writer.hpp"
#include "content/results_marker.hpp"
#include "content/stored_hashes.hpp"
#include "folder.hpp"
#include "hdf5/chunk_codec.hpp"
#include "hdf5/chunks.hpp"
#include "hdf5/hdf5.hpp"
#include "hdf5/new_file.hpp"

namespace firesweep {
namespace {

/// Numbers that deflate can shorten, up to those that it cannot.
template <class T>
std::vector<T> numbers(std::size_t count, unsigned kinds) {
  std::vector<T> values(count);
  std::uint64_t state = 1;
  for (T& value : values) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    value = static_cast<T>(static_cast<T>((state >> 33U) % kinds) / static_cast<T>(3));
  }
  return values;
}

struct Written {
  std::string hash;
  WrittenDatasets datasets;
};

/// A file of one dataset, by pieces of any length.
template <class T>
Written write(const std::string& path, const hdf5::Shape& shape, const std::vector<T>& values,
              unsigned threads) {
  hdf5::NewFile file(path);
  ContentHash hash(content_hash_attribute);
  ChunkWriter chunks(threads);
  GroupWriter root(hdf5::open_group(file.id(), "/"), &hash, chunks);
  GroupWriter::Dimensions dimensions;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    dimensions.push_back(std::string(1, static_cast<char>('a' + i)));
    root.index({dimensions.back(), "1", "a dimension"}, shape[i]);
  }
  DatasetStream stream = root.stream<T>({"values", "1", "numbers"}, dimensions);
  std::span<const T> rest(values);
  for (std::size_t length = 1; !rest.empty(); length = 7 * length + 1) {
    const auto part = rest.first(std::min(length, rest.size()));
    stream.append(part);
    rest = rest.subspan(part.size());
  }
  stream.finish();
  chunks.finish();
  return {hash.hex(), chunks.written()};
}

/// What HDF5 by itself reads.
template <class T>
std::vector<T> read_by_hdf5(const std::string& path, const hdf5::Shape& shape) {
  const hdf5::Handle file = hdf5::open_file(path);
  return hdf5::read_all<T>(file.id(), "values", hdf5::exactly(hdf5::product(shape)));
}

template <class T>
void check_all(const hdf5::Shape& shape, unsigned kinds) {
  const sample::Folder folder;
  const std::vector<T> values = numbers<T>(hdf5::product(shape), kinds);
  const std::string one = folder / "one.h5";
  const std::string three = folder / "three.h5";
  const auto [hash, datasets] = write(one, shape, values, 1);
  CHECK(write(three, shape, values, 3).hash == hash);
  CHECK(sample::bytes_of(one) == sample::bytes_of(three));
  CHECK(read_by_hdf5<T>(one, shape) == values);
  const hdf5::Handle file = hdf5::open_file(one);
  CHECK(hashes_of(file, 1).content == hash);
  CHECK(hashes_of(file, 3).content == hash);
  CHECK(hashes_of(file, 2, datasets).content == hash);
}

TEST_CASE("what is read back is compared with what was written, chunk by chunk") {
  const sample::Folder folder;
  const hdf5::Shape shape{200'001};
  std::vector<std::int32_t> values = numbers<std::int32_t>(shape[0], 20);
  const Written written = write(folder / "one.h5", shape, values, 2);
  REQUIRE(written.datasets.at("values").stored.size() == 4);
  ++values[150'000];
  const std::string other = folder / "other.h5";
  const Written of_other = write(other, shape, values, 2);
  CHECK(hashes_of(hdf5::open_file(other), 2, of_other.datasets).content == of_other.hash);
  CHECK_THROWS_AS(hashes_of(hdf5::open_file(other), 2, written.datasets), hdf5::Error);
}

TEST_CASE(
    "HDF5 reads what was compressed without it, and files are the same bytes for any number of threads") {
  const hdf5::Shape shape = GENERATE(hdf5::Shape{3}, hdf5::Shape{1024}, hdf5::Shape{1025},
                                     hdf5::Shape{200'001}, hdf5::Shape{3, 70'001}, hdf5::Shape{300, 1001},
                                     hdf5::Shape{5, 11, 13}, hdf5::Shape{2, 700, 301});
  const unsigned kinds = GENERATE(1U, 20U, std::numeric_limits<unsigned>::max());
  check_all<std::uint8_t>(shape, kinds);
  check_all<std::uint32_t>(shape, kinds);
  check_all<std::int32_t>(shape, kinds);
  check_all<std::uint64_t>(shape, kinds);
  check_all<std::int64_t>(shape, kinds);
  check_all<float>(shape, kinds);
  check_all<double>(shape, kinds);
}

TEST_CASE("a chunk keeps HDF5's checksum, so that a byte that changed is found by everybody") {
  const sample::Folder folder;
  const std::string path = folder / "file.h5";
  const hdf5::Shape shape{200'001};
  write(path, shape, numbers<std::int32_t>(shape[0], 20), 2);
  haddr_t at = 0;
  hsize_t size = 0;
  {
    const hdf5::Handle file = hdf5::open_file(path);
    const hdf5::Handle dataset = hdf5::open_dataset(file.id(), "values");
    const hdf5::Handle space(H5Dget_space(dataset.id()), H5Sclose, "ask for a shape");
    hsize_t chunks = 0;
    REQUIRE(H5Dget_num_chunks(dataset.id(), space.id(), &chunks) >= 0);
    CHECK(chunks == 4);
    hdf5::Shape offset(1);
    unsigned mask = 1;
    REQUIRE(H5Dget_chunk_info(dataset.id(), space.id(), 2, offset.data(), &mask, &at, &size) >= 0);
    CHECK(mask == 0);
  }
  const int place = GENERATE(0, 1, 2);  // of the chunk: its first byte, one within, one of the checksum
  std::string bytes = sample::bytes_of(path);
  char& changed = bytes[at + (place == 0 ? 0 : place == 1 ? size / 2 : size - 1)];
  changed = static_cast<char>(changed ^ 4);
  sample::write_bytes(path, bytes);
  CHECK_THROWS_AS(read_by_hdf5<std::int32_t>(path, shape), hdf5::Error);
  CHECK_THROWS_AS(hashes_of(hdf5::open_file(path), 2), hdf5::Error);
}

/// Puts a dataset that somebody else made in the place of the file's own.
void replace(const std::string& path, const hdf5::Shape& shape, const hdf5::Handle& creation,
             const std::vector<std::int32_t>& values) {
  const hdf5::Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open the file");
  REQUIRE(H5Ldelete(file.id(), "values", H5P_DEFAULT) >= 0);
  const hdf5::Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
                           "make a shape");
  const hdf5::Handle dataset(
      H5Dcreate2(file.id(), "values", H5T_STD_I32LE, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
      H5Dclose, "make a dataset");
  hdf5::write_attribute(dataset.id(), covered_by_attribute, std::string(content_hash_attribute));
  if (!values.empty())
    REQUIRE(H5Dwrite(dataset.id(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
}

TEST_CASE("hashes are the same however others lay out and compress what they copy") {
  const sample::Folder folder;
  const std::string path = folder / "file.h5";
  const hdf5::Shape shape{300, 1001};
  const auto values = numbers<std::int32_t>(hdf5::product(shape), 20);
  const std::string hash = write(path, shape, values, 2).hash;
  const hdf5::Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "make properties");
  const int layout = GENERATE(0, 1, 2, 3, 4);
  const hsize_t columns = layout == 1 ? 100 : 1001;
  const std::array<hsize_t, 2> chunk = {70, columns};
  if (layout > 0) H5Pset_chunk(creation.id(), 2, chunk.data());
  if (layout == 1 || layout == 2) H5Pset_shuffle(creation.id());
  if (layout > 0) H5Pset_deflate(creation.id(), 6);
  if (layout > 0 && layout != 3) H5Pset_fletcher32(creation.id());
  replace(path, shape, creation, values);
  CHECK(hashes_of(hdf5::open_file(path), 2).content == hash);
}

TEST_CASE("a chunk that is absent, or unpacks to more or less than a chunk, is damage") {
  const sample::Folder folder;
  const std::string path = folder / "file.h5";
  const hdf5::Shape shape{100'000};
  write(path, shape, numbers<std::int32_t>(shape[0], 20), 2);
  const hsize_t length = 50'000;
  const hdf5::Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "make properties");
  H5Pset_chunk(creation.id(), 1, &length);
  H5Pset_shuffle(creation.id());
  H5Pset_deflate(creation.id(), 1);
  H5Pset_fletcher32(creation.id());
  replace(path, shape, creation, {});
  constexpr int absent = 1;
  const int change = GENERATE(1, 0, 4, -4);
  if (change != absent) {
    const hdf5::Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open the file");
    const hdf5::Handle dataset = hdf5::open_dataset(file.id(), "values");
    for (const hsize_t offset : {hsize_t{0}, length}) {
      const std::vector<std::byte> bytes(static_cast<std::size_t>(4 * 50'000 + (offset == 0 ? 0 : change)));
      hdf5::write_chunk(dataset, {offset}, hdf5::ChunkEncoder().encode(bytes, 4));
    }
  }
  const hdf5::Handle file = hdf5::open_file(path);
  if (change == 0)
    CHECK_NOTHROW(hashes_of(file, 2));
  else
    CHECK_THROWS_AS(hashes_of(file, 2), hdf5::Error);
}

}  // namespace
}  // namespace firesweep
