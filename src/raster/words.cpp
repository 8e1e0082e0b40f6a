#include "words.hpp"

#include <span>

#include <fcntl.h>

namespace firesweep {
namespace {

constexpr std::size_t piece_bytes = 1 << 20;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

}  // namespace

Words::Words(const std::string& path) : path_(path), file_(path, O_RDONLY) {}

// Lets the piece begin with what is left of it, and go on with what follows. Returns whether anything did.
bool Words::fill() {
  const std::size_t kept = piece_.size() - start_;
  before_ += start_;
  piece_.erase(0, start_);
  end_ -= start_;
  start_ = 0;
  if (kept >= piece_bytes) return false;
  piece_.resize(piece_bytes);
  const std::size_t got = file_.read(before_ + kept, std::as_writable_bytes(std::span(piece_).subspan(kept)));
  piece_.resize(kept + got);
  return got > 0;
}

bool Words::skip_blanks() {
  for (start_ = end_;; ++start_) {
    if (start_ == piece_.size()) {
      end_ = start_;
      if (!fill()) return false;
    }
    if (!is_blank(piece_[start_])) return true;
    if (piece_[start_] != '\n') continue;
    ++line_;
    line_start_ = before_ + start_ + 1;
  }
}

bool Words::next() {
  if (!skip_blanks()) return false;
  for (end_ = start_;; ++end_) {
    if (end_ == piece_.size() && !fill()) return true;
    if (is_blank(piece_[end_])) return true;
  }
}

}  // namespace firesweep
