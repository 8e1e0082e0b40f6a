#include "firesweep/digest/sha256.hpp"

#include <array>
#include <fstream>
#include <ios>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"

namespace firesweep {

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> of_openssl{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  expects(EVP_DigestInit_ex(context_->of_openssl.get(), EVP_sha256(), nullptr) == 1, "OpenSSL has SHA-256");
}
Sha256::~Sha256() = default;
Sha256::Sha256(const Sha256& other) : context_(std::make_unique<Context>()) {
  expects(EVP_MD_CTX_copy_ex(context_->of_openssl.get(), other.context_->of_openssl.get()) == 1,
          "OpenSSL copies what it has hashed");
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(context_->of_openssl.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(context_->of_openssl.get(), digest.data(), nullptr);
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha256(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.hex();
}

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> piece(1 << 20);
  Sha256 hash;
  do {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hash.add(std::string_view(piece.data(), static_cast<std::size_t>(file.gcount())));
  } while (file);
  if (!file.eof()) throw InputError(path + ": cannot be read");
  return hash.hex();
}

std::string openssl_version() {
  return OpenSSL_version(OPENSSL_VERSION_STRING);
}

}  // namespace firesweep
