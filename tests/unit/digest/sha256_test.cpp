#include "firesweep/digest/sha256.hpp"

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

// Source: FIPS 180-4's examples, as NIST publishes them.
TEST_CASE("SHA-256 gives the known answers, for a text and for a file") {
  const std::string of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(sha256("abc") == of_abc);
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const sample::Folder folder;
  sample::write_bytes(folder / "abc", "abc");
  CHECK(sha256_of_file(folder / "abc") == of_abc);
  sample::write_bytes(folder / "long", std::string(3'000'000, 'x'));
  CHECK(sha256_of_file(folder / "long") == sha256(std::string(3'000'000, 'x')));
}

TEST_CASE("A file that cannot be read has no digest") {
  const sample::Folder folder;
  CHECK_THROWS_AS(sha256_of_file(folder / "none"), InputError);
  CHECK_THROWS_AS(sha256_of_file(folder.path()), InputError);
}

}  // namespace
}  // namespace firesweep
