#include "content/wkt.hpp"

#include <algorithm>
#include <cctype>

namespace firesweep {
namespace {

constexpr int deepest = 32;  // a definition has some ten

class WktReader {
 public:
  explicit WktReader(std::string_view text) : left_(text) {}

  std::optional<WktNode> read() {
    std::optional<WktNode> node = read_node(word(), 0);
    skip_blanks();
    return left_.empty() ? node : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (!left_.empty() && std::isspace(static_cast<unsigned char>(left_.front())) != 0)
      left_.remove_prefix(1);
  }

  bool take(char wanted) {
    skip_blanks();
    if (left_.empty() || left_.front() != wanted) return false;
    left_.remove_prefix(1);
    return true;
  }

  /// A keyword, a word or a number; may be empty.
  std::string word() {
    skip_blanks();
    const std::size_t length = std::min(left_.find_first_of("[]\", \t\r\n"), left_.size());
    const std::string found(left_.substr(0, length));
    left_.remove_prefix(length);
    return found;
  }

  /// After the first quote: a doubled one stands for itself.
  std::optional<std::string> quoted() {
    std::string text;
    while (true) {
      const std::size_t quote = left_.find('"');
      if (quote == left_.npos) return std::nullopt;
      text += left_.substr(0, quote);
      left_.remove_prefix(quote + 1);
      if (!left_.starts_with('"')) return text;
      text += '"';
      left_.remove_prefix(1);
    }
  }

  /// After its keyword.
  std::optional<WktNode> read_node(std::string keyword, int depth) {
    if (keyword.empty() || depth > deepest || !take('[')) return std::nullopt;
    WktNode node{std::move(keyword), {}, {}};
    std::ranges::transform(node.keyword, node.keyword.begin(),
                           [](unsigned char c) { return std::toupper(c); });
    do {
      if (!read_item(node, depth)) return std::nullopt;
    } while (take(','));
    return take(']') ? std::optional(std::move(node)) : std::nullopt;
  }

  bool read_item(WktNode& node, int depth) {
    if (take('"')) {
      const std::optional<std::string> text = quoted();
      if (text) node.values.push_back(*text);
      return text.has_value();
    }
    std::string found = word();
    skip_blanks();
    if (left_.starts_with('[')) {
      std::optional<WktNode> part = read_node(std::move(found), depth + 1);
      if (part) node.parts.push_back(std::move(*part));
      return part.has_value();
    }
    node.values.push_back(std::move(found));
    return !node.values.back().empty();
  }

  std::string_view left_;
};

}  // namespace

const WktNode* WktNode::find(std::string_view wanted) const {
  if (keyword == wanted) return this;
  for (const WktNode& part : parts)
    if (const WktNode* found = part.find(wanted)) return found;
  return nullptr;
}

std::optional<WktNode> parse_wkt(std::string_view text) {
  return WktReader(text).read();
}

}  // namespace firesweep
