#include "source_tree.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

/// Whether the text is a file, where lines and columns mean something, or the value of an option.
enum class Medium : std::uint8_t { file, option };

[[noreturn]] void fail(const Location& where, std::string message) {
  throw InputError(std::vector<Problem>{{where, std::move(message)}});
}

// Events rather than yaml-cpp's nodes: those drop the second of two equal keys without a word.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& source, Medium medium, std::vector<Problem>& problems)
      : source_(source), medium_(medium), problems_(problems) {}

  std::optional<SourceNode> take() { return std::exchange(root_, std::nullopt); }

  Location place(const YAML::Mark& mark) const {
    if (medium_ == Medium::option || mark.is_null()) return {source_, 0, 0};
    return {source_, mark.line + 1, mark.column + 1};
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node(Kind::null, mark)); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fail(place(mark),
         "aliases (*name) are not supported (every value stands where it counts); repeat the value");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    refuse_tag(mark, tag);
    SourceNode scalar = node(Kind::scalar, mark);
    scalar.text = value;
    scalar.quoted = tag == "!";
    add(std::move(scalar));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(Kind::sequence, mark, tag);
  }

  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(Kind::map, mark, tag);
  }

  void OnMapEnd() override {
    drop_repeated_keys(open_.back().node.entries);
    close();
  }

 private:
  struct Open {
    SourceNode node;
    std::optional<SourceEntry> entry;  // of a map: its key is read, its value is not
  };

  SourceNode node(Kind kind, const YAML::Mark& mark) const {
    SourceNode node;
    node.kind = kind;
    node.where = place(mark);
    return node;
  }

  // Before yaml-cpp goes a level deeper, whose own limit of 500 it calls a bad file.
  void open(Kind kind, const YAML::Mark& mark, const std::string& tag) {
    refuse_tag(mark, tag);
    constexpr std::size_t deepest = 32;  // an experiment has 5 levels
    if (open_.size() == deepest)
      fail(place(mark),
           fmt::format("lists and maps are nested more than {} deep (an experiment needs no more "
                       "than 5 levels); is a bracket not closed?",
                       deepest));
    open_.push_back({node(kind, mark), std::nullopt});
  }

  // yaml-cpp's tag is "?" for a plain value and "!" for a quoted one.
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    fail(place(mark), fmt::format("the tag '{}' is not supported; remove it", tag));
  }

  void add(SourceNode value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Kind::sequence) {
      parent.node.items.push_back(std::move(value));
    } else if (!parent.entry) {
      parent.entry = key(value);
    } else {
      // Without a value the mark is that of whatever follows.
      if (value.kind == Kind::null) value.where = parent.entry->where;
      parent.entry->value = std::move(value);
      parent.node.entries.push_back(std::move(*parent.entry));
      parent.entry.reset();
    }
  }

  static SourceEntry key(const SourceNode& node) {
    if (node.kind != Kind::scalar || node.text.empty())
      fail(node.where, "a key must be a text that is not empty");
    if (node.text == "<<" && !node.quoted)
      fail(node.where,
           "merge keys (<<) are not supported (every key stands where it counts); repeat the keys");
    return {node.text, node.where, {}};
  }

  void close() {
    SourceNode done = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(done));
  }

  void drop_repeated_keys(std::vector<SourceEntry>& entries) {
    std::unordered_map<std::string, Location> first;
    std::erase_if(entries, [&](const SourceEntry& entry) {
      const auto [found, is_new] = first.emplace(entry.key, entry.where);
      if (is_new) return false;
      const Location& at = found->second;
      const std::string where = at.line > 0 ? fmt::format(" (first at {}:{})", at.line, at.column) : "";
      problems_.push_back({entry.where, fmt::format("duplicate key '{}'{}", entry.key, where)});
      return true;
    });
  }

  const std::string& source_;
  Medium medium_;
  std::vector<Problem>& problems_;
  std::vector<Open> open_;
  std::optional<SourceNode> root_;
};

// yaml-cpp's message about a tab says nothing of tabs.
std::optional<Location> tab_in_indentation(const std::string& text, const std::string& source) {
  int line = 1;
  for (std::size_t start = 0; start < text.size(); ++line) {
    const std::size_t indented = text.find_first_not_of(' ', start);
    if (indented != std::string::npos && text[indented] == '\t')
      return Location{source, line, static_cast<int>(indented - start) + 1};
    const std::size_t end = text.find('\n', start);
    if (end == std::string::npos) break;
    start = end + 1;
  }
  return std::nullopt;
}

SourceNode parse(const std::string& text, const std::string& source, Medium medium,
                 std::vector<Problem>& problems) {
  TreeBuilder builder(source, medium, problems);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) return {Kind::null, {source, 0, 0}, {}, false, {}, {}};
    const std::optional<SourceNode> root = builder.take();
    if (parser.HandleNextDocument(builder)) {
      const std::optional<SourceNode> second = builder.take();
      fail(second ? second->where : Location{source, 0, 0},
           "a second YAML document starts here; one is allowed");
    }
    return root.value_or(SourceNode{});
  } catch (const YAML::ParserException& error) {
    if (const auto tab = tab_in_indentation(text, source); tab && medium == Medium::file)
      fail(*tab, "not valid YAML: a tab in the indentation; use spaces");
    fail(builder.place(error.mark), fmt::format("not valid YAML: {}", error.msg));
  }
}

SourceNode& child(SourceNode& map, const std::string& key, const Location& where) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [&](const SourceEntry& entry) { return entry.key == key; });
  if (found != map.entries.end()) return found->value;
  map.entries.push_back({key, where, {}});
  map.entries.back().value.where = where;
  return map.entries.back().value;
}

std::vector<std::string> split_at_dots(const std::string& path) {
  std::vector<std::string> keys(1);
  for (const char c : path) {
    if (c == '.')
      keys.emplace_back();
    else
      keys.back() += c;
  }
  return keys;
}

}  // namespace

const SourceEntry* SourceNode::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const SourceEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const SourceEntry* SourceNode::find(std::string_view section, std::string_view key) const {
  const SourceEntry* entry = find(section);
  return entry ? entry->value.find(key) : nullptr;
}

SourceNode parse_yaml(const std::string& text, const std::string& source, std::vector<Problem>& problems) {
  SourceNode root = parse(text, source, Medium::file, problems);
  if (root.kind == Kind::null)
    fail({source, 0, 0}, "the experiment is empty; it needs at least a matrix with a danger_level");
  if (root.kind != Kind::map)
    fail(root.where, "an experiment is a map of keys to values, such as 'matrix:', and nothing else");
  return root;
}

void apply_override(SourceNode& root, const std::string& assignment, std::vector<Problem>& problems) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos)
    fail({fmt::format("--set {}", assignment), 0, 0},
         "there is no '=' (a key and a value are expected); write for example landscape.width=512");
  const std::string path = assignment.substr(0, equals);
  const Location where{fmt::format("--set {}", path), 0, 0};
  const std::vector<std::string> keys = split_at_dots(path);
  if (std::any_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); }))
    fail(where, fmt::format("'{}' has an empty key; write for example landscape.width=512", path));

  SourceNode value = parse(assignment.substr(equals + 1), where.source, Medium::option, problems);
  SourceNode* node = &root;
  for (const std::string& key : keys) {
    if (node->kind == Kind::null) node->kind = Kind::map;
    if (node->kind != Kind::map)
      fail(where, fmt::format("nothing called '{}' can be set there (it is not a map)", key));
    node = &child(*node, key, where);
  }
  value.where = where;
  *node = std::move(value);
}

}  // namespace firesweep
