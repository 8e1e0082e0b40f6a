#include "content/seal.hpp"

#include <filesystem>

#include <fcntl.h>
#include <hdf5.h>
#include <sys/file.h>

#include "firesweep/files/descriptor.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_results.hpp"

#include "../catch.hpp"
#include "content/content_hash.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

// A line feed, "firesweep seal 1 ", 64 letters, a line feed.
constexpr std::size_t seal_size = 83;

/// A published sample, and its bytes to be damaged.
struct SealedSample {
  sample::Folder folder;
  std::string path = folder / "sample.h5";
  std::string bytes;

  SealedSample() {
    sample::publish(path);
    bytes = sample::bytes_of(path);
  }

  /// What reading the file says when it consists of `damaged`; empty if it is read.
  std::string complaint(const std::string& damaged) const {
    sample::write_bytes(path, damaged);
    try {
      const StoredResults opened(path);
    } catch (const BadResultsFile& problem) {
      return problem.what();
    }
    return {};
  }
};

std::string with_bit_flipped(std::string bytes, std::size_t at, unsigned bit) {
  bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
  return bytes;
}

TEST_CASE("a published file ends in the SHA-256 of everything before it") {
  const SealedSample file;
  const std::string before = file.bytes.substr(0, file.bytes.size() - seal_size);
  CHECK(file.bytes.substr(before.size()) == "\nfiresweep seal 1 " + sha256(before) + "\n");
}

TEST_CASE("any flipped bit is noticed before HDF5 sees the file") {
  const SealedSample file;
  const std::size_t size = file.bytes.size();
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < 100; ++at) places.push_back(at);  // HDF5's superblock
  for (std::size_t at = 100; at < size - seal_size; at += size / 500) places.push_back(at);
  for (std::size_t at = size - seal_size; at < size; ++at) places.push_back(at);
  REQUIRE(places.size() > 600);
  for (const std::size_t at : places) {
    const std::string complaint =
        file.complaint(with_bit_flipped(file.bytes, at, static_cast<unsigned>(at % 8)));
    INFO("byte " << at << ": " << complaint);
    CHECK_THAT(complaint, Contains("sample.h5: is damaged (its"));
  }
}

TEST_CASE("a file that was cut anywhere is refused; one that has lost exactly its seal is whole") {
  const SealedSample file;
  const std::size_t size = file.bytes.size();
  std::vector<std::size_t> lengths;
  for (std::size_t length = 0; length < 100; ++length) lengths.push_back(length);
  for (std::size_t length = 100; length < size - 200; length += size / 200) lengths.push_back(length);
  for (std::size_t length = size - 200; length < size; ++length) lengths.push_back(length);
  for (const std::size_t length : lengths) {
    const std::string complaint = file.complaint(file.bytes.substr(0, length));
    INFO(length << " of " << size << " bytes: " << complaint);
    CHECK(complaint.empty() == (length == size - seal_size));
  }
}

TEST_CASE("bytes that follow the seal, or stand where it was, are damage") {
  const SealedSample file;
  CHECK_THAT(file.complaint(file.bytes + "x"), Contains("its last 84 bytes are not its seal"));
  const std::string unsealed = file.bytes.substr(0, file.bytes.size() - seal_size);
  CHECK_THAT(file.complaint(unsealed + std::string(4096, '\0')), Contains("are not its seal"));
}

TEST_CASE("a file that HDF5 has opened for writing has lost its seal and is read without") {
  const SealedSample file;
  H5Fclose(H5Fopen(file.path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
  CHECK(std::filesystem::file_size(file.path) == file.bytes.size() - seal_size);
  CHECK(StoredResults(file.path).name() == "sample");
}

TEST_CASE("a file that another program has open for writing is not read") {
  const SealedSample file;
  const Descriptor other(file.path, O_RDWR);
  REQUIRE(::flock(other.id(), LOCK_EX) == 0);
  CHECK_THROWS_AS(StoredResults(file.path), BadResultsFile);
  CHECK_THROWS_WITH(StoredResults(file.path), Contains("another program has it open for writing"));
}

TEST_CASE("a file that is only read elsewhere is read") {
  const SealedSample file;
  const Descriptor other(file.path, O_RDONLY);
  REQUIRE(::flock(other.id(), LOCK_SH) == 0);  // as HDF5 does
  CHECK(StoredResults(file.path).name() == "sample");
}

TEST_CASE("an empty file and one without any HDF5 have no seal and no seal's problem") {
  const sample::Folder folder;
  for (const std::string text : {"", "x", "a letter of 40 letters or a little more."}) {
    sample::write_bytes(folder / "letter", text);
    CHECK(seal_problem(Descriptor(folder / "letter", O_RDONLY)).empty());
  }
  put_seal(folder / "letter");
  CHECK(seal_problem(Descriptor(folder / "letter", O_RDONLY)).empty());
}

}  // namespace
}  // namespace firesweep
