#include "firesweep/ensemble/wire.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "firesweep/check/contract.hpp"

#include "deflated.hpp"

namespace firesweep {
namespace {

template <typename T, typename Of>
concept MaybeConst = std::same_as<std::remove_const_t<T>, Of>;

// A column of nothing of each width.
const std::array<CountColumn::Values, std::variant_size_v<CountColumn::Values>> column_widths = {
    std::vector<std::uint8_t>(), std::vector<std::uint16_t>(), std::vector<std::uint32_t>(),
    std::vector<std::uint64_t>()};

// Whether it is one of bytes, all the same.
bool repeats_a_byte(const CountColumn& column) {
  const auto* const bytes = std::get_if<std::vector<std::uint8_t>>(&column.values());
  return bytes != nullptr && !bytes->empty() && std::equal(bytes->begin() + 1, bytes->end(), bytes->begin());
}

// What goes over the wire, in this order; the same list packs and unpacks.
void fields(auto& archive, MaybeConst<CountColumn> auto& column) {
  // Half of the columns say the same of all runs of a block.
  bool is_repeated = repeats_a_byte(column);
  archive(is_repeated);
  if (is_repeated) {
    std::size_t length = column.size();
    auto value = static_cast<std::uint8_t>(length == 0 ? 0 : column[0]);
    archive(length, value);
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(column)>>) {
      expects(length <= max_fires_per_tally, "a block has no more runs than a tally");
      column = CountColumn(length, value);
    }
    return;
  }
  std::size_t alternative = column.values().index();
  archive(alternative);
  if constexpr (!std::is_const_v<std::remove_reference_t<decltype(column)>>) {
    expects(alternative < column_widths.size(), "a column has one of the widths");
    column.values() = column_widths[alternative];
  }
  std::visit([&](auto& values) { archive(values); }, column.values());
}
void fields(auto& archive, MaybeConst<RunColumns> auto& records) {
  for (auto& column : records.columns()) archive(column);
}
void fields(auto& archive, MaybeConst<Failure> auto& failure) {
  archive(failure.scenario, failure.seed, failure.message);
}

void fields(auto& archive, MaybeConst<CurveTally> auto& curves) {
  archive(curves.burning, curves.burning_squares, curves.burnt_growth, curves.burnt_square_growth);
}

void fields(auto& archive, MaybeConst<TileCounts> auto& tiles) {
  tiles.exchange(archive);
}
void fields(auto& archive, MaybeConst<Tally> auto& tally) {
  archive(tally.curves, tally.arrival_sums, tally.tiles);
}

void fields(auto& archive, MaybeConst<PairTally> auto& pair) {
  archive(pair.seeds, pair.only_first, pair.only_second);
}

void fields(auto& archive, MaybeConst<BlockResult> auto& result) {
  archive(result.block, result.seconds, result.failures, result.records, result.losses, result.run_curves,
          result.run_burnt, result.pairs, result.tally);
}

void fields(auto& archive, MaybeConst<RankPerformance> auto& rank) {
  archive(rank.host, rank.threads, rank.peak_memory, rank.phases, rank.runs, rank.steps, rank.burnt_cells,
          rank.ignitions, rank.ignitions_failed);
}

// Plain values travel as their bytes, padding and all.
template <typename T>
concept Flat = std::is_trivially_copyable_v<T>;

// Counts the bytes of values, then packs the same values into an allocation of just that size.
class Packer {
 public:
  template <typename... T>
  void operator()(const T&... values) {
    (add(values), ...);
  }

  void begin_packing() {
    bytes_.reserve(size_);
    is_counting_ = false;
  }

  Bytes take() { return std::move(bytes_); }

 private:
  void add(const auto& value) { fields(*this, value); }
  void add(const Flat auto& value) { append(&value, sizeof value); }

  void add(const std::string& text) {
    add(text.size());
    append(text.data(), text.size());
  }

  template <typename T>
  void add(const std::vector<T>& values) {
    add(values.size());
    if constexpr (Flat<T>) {
      append(values.data(), values.size() * sizeof(T));
    } else {
      for (const T& value : values) add(value);
    }
  }

  void append(const void* data, std::size_t size) {
    size_ += size;
    if (is_counting_) return;
    const auto* const first = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  bool is_counting_ = true;
  std::size_t size_ = 0;
  Bytes bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <typename... T>
  void operator()(T&... values) {
    (get(values), ...);
  }

  bool is_empty() const { return bytes_.empty(); }

 private:
  void get(auto& value) { fields(*this, value); }
  void get(Flat auto& value) { copy(&value, sizeof value); }

  void get(std::string& text) {
    text.resize(count());
    copy(text.data(), text.size());
  }

  template <typename T>
  void get(std::vector<T>& values) {
    values.resize(count());
    if constexpr (Flat<T>) {
      copy(values.data(), values.size() * sizeof(T));
    } else {
      for (T& value : values) get(value);
    }
  }

  // Every element takes at least a byte, so a count beyond the message is nonsense; better found before
  // resize().
  std::size_t count() {
    std::size_t n = 0;
    get(n);
    expects(n <= bytes_.size(), "a message holds what it announces");
    return n;
  }

  void copy(void* to, std::size_t size) {
    expects(size <= bytes_.size(), "a message holds what it announces");
    if (size > 0) std::memcpy(to, bytes_.data(), size);
    bytes_ = bytes_.subspan(size);
  }

  std::span<const std::byte> bytes_;
};

Bytes packed(const auto&... values) {
  Packer packer;
  packer(values...);
  packer.begin_packing();
  packer(values...);
  return packer.take();
}

template <typename T>
T rest_of(Unpacker& unpacker) {
  T value;
  unpacker(value);
  expects(unpacker.is_empty(), "a message ends where its contents do");
  return value;
}

template <typename T>
T unpacked(std::span<const std::byte> bytes) {
  Unpacker unpacker(bytes);
  return rest_of<T>(unpacker);
}

// Stands before a result: how many bytes it was deflated from.
constexpr std::size_t not_deflated = 0;

}  // namespace

Bytes pack(const Block& block) {
  return packed(block);
}
Bytes pack(const BlockResult& result) {
  return packed(not_deflated, result);
}
Bytes pack_tightly(const BlockResult& result) {
  const Bytes bytes = packed(result);
  return packed(bytes.size(), deflated(bytes));
}
Bytes pack(const RankPerformance& performance) {
  return packed(performance);
}

Block unpack_block(std::span<const std::byte> bytes) {
  return unpacked<Block>(bytes);
}
BlockResult unpack_block_result(std::span<const std::byte> bytes) {
  Unpacker unpacker(bytes);
  std::size_t size = not_deflated;
  unpacker(size);
  if (size == not_deflated) return rest_of<BlockResult>(unpacker);
  return unpacked<BlockResult>(inflated(rest_of<Bytes>(unpacker), size));
}
RankPerformance unpack_rank_performance(std::span<const std::byte> bytes) {
  return unpacked<RankPerformance>(bytes);
}

}  // namespace firesweep
