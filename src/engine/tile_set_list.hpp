#pragma once

// Steps by a rule of tile_set_rules.hpp with 512-bit vectors of bytes: the candidates of all tiles of a word, in one list. See
// tile_bits.hpp for the compiling.

#include "tile_set_rules.hpp"

#if defined(__AVX512VBMI2__) && defined(__AVX512VBMI__) && defined(__GFNI__)
#define FIRESWEEP_VECTORS_OF_BYTES

namespace firesweep {
namespace {

// A byte for every cell of a tile, by quarters.
struct TileBytes {
  __m512i quarter[4];
};

// Turns eight planes into bytes, the first plane in the most significant bit. Each argument has two: planes 0 and 4, 1 and
// 5, 2 and 6, 3 and 7.
inline TileBytes bytes_of(__m512i planes0, __m512i planes1, __m512i planes2, __m512i planes3) {
  // Byte 8 j + p of the result is byte j of plane p of one quarter, whose words two unpacked vectors hold.
  static constexpr auto order = [] {
    struct {
      alignas(64) std::uint8_t of[2][64];
    } bytes{};
    constexpr int word_of_plane[8] = {0, 1, 8, 9, 4, 5, 12, 13};
    for (int half = 0; half < 2; ++half)
      for (int j = 0; j < 8; ++j)
        for (int p = 0; p < 8; ++p)
          bytes.of[half][8 * j + p] = static_cast<std::uint8_t>(8 * (word_of_plane[p] + 2 * half) + j);
    return bytes;
  }();
  const __m512i unit = _mm512_set1_epi64(static_cast<long long>(0x8040201008040201));
  const auto quarter = [&](__m512i a, __m512i b, int half) {
    const __m512i rows = _mm512_permutex2var_epi8(a, _mm512_load_si512(order.of[half]), b);
    return _mm512_gf2p8affine_epi64_epi8(unit, rows, 0);  // every 8 x 8 bits transposed
  };
  const __m512i even01 = _mm512_unpacklo_epi64(planes0, planes1);
  const __m512i even23 = _mm512_unpacklo_epi64(planes2, planes3);
  const __m512i odd01 = _mm512_unpackhi_epi64(planes0, planes1);
  const __m512i odd23 = _mm512_unpackhi_epi64(planes2, planes3);
  return {{quarter(even01, even23, 0), quarter(odd01, odd23, 0), quarter(even01, even23, 1),
           quarter(odd01, odd23, 1)}};
}

inline TileBytes draw_bytes(const DrawStream& stream, std::uint32_t x, std::uint32_t y) {
  static_assert(states == 2 && planes_at_once == 8);
  const PlaneBatch drawn(stream, TileCounter(stream, x, y), 0);
  return bytes_of(
      reinterpret_cast<__m512i>(drawn.state[0].even), reinterpret_cast<__m512i>(drawn.state[0].odd),
      reinterpret_cast<__m512i>(drawn.state[1].even), reinterpret_cast<__m512i>(drawn.state[1].odd));
}

// The set of burning neighbours of every cell.
inline TileBytes set_bytes(const Surroundings& near) {
  const auto two = [](Bits a, Bits b) {
    return _mm512_inserti64x4(_mm512_castsi256_si512(reinterpret_cast<__m256i>(a)),
                              reinterpret_cast<__m256i>(b), 1);
  };
  return bytes_of(two(near.burning<7>(), near.burning<3>()), two(near.burning<6>(), near.burning<2>()),
                  two(near.burning<5>(), near.burning<1>()), two(near.burning<4>(), near.burning<0>()));
}

// min(a * b >> shift, or 2^32 less that; cap) >> 24 of 16 pairs of 32-bit numbers.
template <int shift, bool from_one>
inline __m512i top_bytes(__m512i a, __m512i b, std::uint64_t cap) {
  const auto half = [&](__m256i x, __m256i y) {
    __m512i product =
        _mm512_srli_epi64(_mm512_mul_epu32(_mm512_cvtepu32_epi64(x), _mm512_cvtepu32_epi64(y)), shift);
    if constexpr (from_one) product = _mm512_sub_epi64(_mm512_set1_epi64(1LL << 32), product);
    product = _mm512_min_epu64(product, _mm512_set1_epi64(static_cast<long long>(cap)));
    return _mm512_cvtepi64_epi32(_mm512_srli_epi64(product, 24));
  };
  const __m256i first = half(_mm512_castsi512_si256(a), _mm512_castsi512_si256(b));
  const __m256i last = half(_mm512_extracti64x4_epi64(a, 1), _mm512_extracti64x4_epi64(b, 1));
  return _mm512_inserti64x4(_mm512_castsi256_si512(first), last, 1);
}

// What 16 candidates look up in the halves of a table with 32 entries a row.
struct Halves {
  __m512i first;
  __m512i last;

  Halves(const std::uint32_t* table, __m512i row, __m512i sets, __mmask16 valid) {
    const __m512i at = _mm512_slli_epi32(row, 5);
    const __m512i low = _mm512_and_si512(sets, _mm512_set1_epi32(15));
    const __m512i high = _mm512_add_epi32(_mm512_srli_epi32(sets, 4), _mm512_set1_epi32(16));
    first = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), valid, _mm512_add_epi32(at, low), table, 4);
    last = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), valid, _mm512_add_epi32(at, high), table, 4);
  }
};

// The first bytes of the thresholds of 16 candidates.
inline __m512i top_bytes_of(ByClass, const NeighbourSetTables& tables, __m512i fuel, __m512i, __m512i sets,
                            __mmask16 valid) {
  const __m512i at = _mm512_add_epi32(_mm512_slli_epi32(fuel, 8), sets);
  const __m512i four =
      _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), valid, at, tables.by_class_byte, 1);
  return _mm512_and_si512(four, _mm512_set1_epi32(255));
}

inline __m512i top_bytes_of(Linear, const NeighbourSetTables& tables, __m512i fuel, __m512i bin, __m512i sets,
                            __mmask16 valid) {
  const Halves sums(tables.sums, bin, sets, valid);
  const __m512i of_fuel = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), valid, fuel, tables.fuel, 4);
  return top_bytes<20, false>(of_fuel, _mm512_add_epi32(sums.first, sums.last), tables.cap);
}

inline __m512i top_bytes_of(Independent, const NeighbourSetTables& tables, __m512i fuel, __m512i bin,
                            __m512i sets, __mmask16 valid) {
  const __m512i bins = _mm512_set1_epi32(static_cast<int>(tables.bins));
  const Halves products(tables.products, _mm512_add_epi32(_mm512_mullo_epi32(fuel, bins), bin), sets, valid);
  return top_bytes<30, true>(products.first, products.last, tables.cap);
}

// Of a set that is not empty.
inline std::uint32_t first_cell(const std::uint64_t* cells) {
  std::uint32_t q = 0;
  while (cells[q] == 0) ++q;
  return 64 * q + static_cast<std::uint32_t>(__builtin_ctzll(cells[q]));
}

inline bool are_all_of(std::uint8_t fuel, const std::uint64_t* cells, const std::uint8_t* classes) {
  const __m512i wanted = _mm512_set1_epi8(static_cast<char>(fuel));
  std::uint64_t others = 0;
  for (int q = 0; q < 4; ++q)
    others |= cells[q] & ~_mm512_cmpeq_epu8_mask(_mm512_loadu_si512(classes + 64 * q), wanted);
  return others == 0;
}

// Where all candidates are of one class, a table of bytes is looked up within registers.
struct OneClassBytes {
  __m512i table[4];

  explicit OneClassBytes(const std::uint8_t* top) {
    for (int i = 0; i < 4; ++i) table[i] = _mm512_loadu_si512(top + 64 * i);
  }

  __m512i of(__m512i sets) const {
    const __m512i low = _mm512_permutex2var_epi8(table[0], sets, table[1]);
    const __m512i high = _mm512_permutex2var_epi8(table[2], sets, table[3]);
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(sets), low, high);
  }
};

inline Bits caught_of_one_class(std::uint32_t fuel, Bits candidates, const TileBytes& sets,
                                const TileBytes& drawn, const FireStep& step, const DrawStream& stream,
                                std::uint32_t x, std::uint32_t y) {
  const NeighbourSetTables& tables = *step.by_set;
  const OneClassBytes wanted(tables.by_class_byte + 256 * fuel);
  std::uint64_t won[4];
  store_bits(won, candidates);
  for (std::uint32_t q = 0; q < 4; ++q) {
    const __m512i top = wanted.of(sets.quarter[q]);
    std::uint64_t same = won[q] & _mm512_cmpeq_epu8_mask(drawn.quarter[q], top);
    won[q] &= _mm512_cmplt_epu8_mask(drawn.quarter[q], top);
    if (__builtin_expect(same == 0, 1)) continue;
    alignas(64) std::uint8_t set_of_cell[64];
    _mm512_store_si512(set_of_cell, sets.quarter[q]);
    for (; same != 0; same &= same - 1) {
      const auto bit = static_cast<std::uint32_t>(__builtin_ctzll(same));
      const std::uint64_t threshold = tables.by_class[256 * fuel + set_of_cell[bit]];
      won[q] |= std::uint64_t{late_trial(stream, x, y, 64 * q + bit, threshold)} << bit;
    }
  }
  return words(won);
}

// The candidates of up to 32 tiles.
struct CandidateList {
  static constexpr std::size_t most = std::size_t{32} * tile_cells + 64;  // 64 are written at once

  alignas(64) std::uint8_t sets[most];
  alignas(64) std::uint8_t drawn[most];
  alignas(64) std::uint8_t fuel[most];
  alignas(64) std::uint16_t bin[most];
  alignas(64) std::uint64_t less[most / 64 + 1];  // draws whose first byte is below the threshold's
  alignas(64) std::uint64_t same[most / 64 + 1];  // the same as it
  std::uint32_t size = 0;

  CandidateList() {}  // NOLINT(modernize-use-equals-default): it would fill them with zeros

  void add(std::uint64_t candidates, __m512i quarter_sets, __m512i quarter_drawn,
           const std::uint8_t* quarter_fuel, const std::uint16_t* quarter_bin) {
    const auto low = static_cast<std::uint32_t>(candidates);
    const auto high = static_cast<std::uint32_t>(candidates >> 32);
    const auto in_low = static_cast<std::uint32_t>(__builtin_popcount(low));
    _mm512_storeu_si512(sets + size, _mm512_maskz_compress_epi8(candidates, quarter_sets));
    _mm512_storeu_si512(drawn + size, _mm512_maskz_compress_epi8(candidates, quarter_drawn));
    _mm512_storeu_si512(fuel + size,
                        _mm512_maskz_compress_epi8(candidates, _mm512_loadu_si512(quarter_fuel)));
    _mm512_storeu_si512(bin + size, _mm512_maskz_compress_epi16(low, _mm512_loadu_si512(quarter_bin)));
    _mm512_storeu_si512(bin + size + in_low,
                        _mm512_maskz_compress_epi16(high, _mm512_loadu_si512(quarter_bin + 32)));
    size += static_cast<std::uint32_t>(__builtin_popcountll(candidates));
  }

  template <class Rule>
  void compare(const NeighbourSetTables& tables) {
    const auto widened = [](const std::uint8_t* bytes) {
      return _mm512_cvtepu8_epi32(_mm_load_si128(reinterpret_cast<const __m128i*>(bytes)));
    };
    for (std::uint32_t i = 0; i < size; i += 16) {
      const auto valid = static_cast<__mmask16>(size - i < 16 ? (1U << (size - i)) - 1 : 0xFFFFU);
      const __m512i bins =
          _mm512_cvtepu16_epi32(_mm256_load_si256(reinterpret_cast<const __m256i*>(bin + i)));
      const __m512i wanted = top_bytes_of(Rule{}, tables, widened(fuel + i), bins, widened(sets + i), valid);
      const __m512i draws = widened(drawn + i);
      const __mmask16 is_less = _mm512_mask_cmplt_epu32_mask(valid, draws, wanted);
      const __mmask16 is_same = _mm512_mask_cmpeq_epu32_mask(valid, draws, wanted);
      std::memcpy(reinterpret_cast<char*>(less) + i / 8, &is_less, 2);
      std::memcpy(reinterpret_cast<char*>(same) + i / 8, &is_same, 2);
    }
  }

  // 64 bits of a list from some place on.
  static std::uint64_t bits_at(const std::uint64_t* list, std::uint32_t first) {
    return list[first / 64] >> first % 64 | list[first / 64 + 1] << 1 << (63 - first % 64);
  }
};

template <class Rule>
struct ListStepper {
  const TilePlanes& tiles;
  const FireStep& step;
  const DrawStream stream;
  Found found{};
  CandidateList list;

  ListStepper(const TilePlanes& tiles_, const FireStep& step_, DrawStream stream_)
      : tiles(tiles_), step(step_), stream(stream_) {}

  // A tile whose candidates are in the list.
  struct Tile {
    std::uint32_t x;
    std::uint32_t y;
    Bits fuel;
    Bits here;
    std::uint64_t candidates[4];  // that may catch fire
    std::uint32_t first;          // place of the first in the list
    bool has_candidates;
    bool is_listed;
    Bits lit;  // unless listed
  };

  const std::uint8_t* fuel_of(std::uint32_t x, std::uint32_t y) const {
    return fuel_of_tile(step.growth.ground, y * std::uint64_t{tiles.columns} + x);
  }
  const std::uint16_t* slope_of(std::uint32_t x, std::uint32_t y) const {
    return step.growth.ground->slope + tile_cells * (y * std::uint64_t{tiles.columns} + x);
  }

  void enlist(std::uint32_t x, std::uint32_t y, Tile& tile) {
    const std::uint64_t at = place(tiles, x, y);
    const Surroundings near(tiles.burning + at, tiles.strip);
    const Bits fuel = load_bits(tiles.fuel + at);
    const Bits candidates = fuel & near.any;
    tile.x = x;
    tile.y = y;
    tile.fuel = fuel;
    tile.here = near.middle.here;
    tile.first = list.size;
    tile.has_candidates = !is_empty(candidates);
    tile.is_listed = tile.has_candidates;
    tile.lit = Bits{};
    if (!tile.has_candidates) return;
    const TileBytes sets = set_bytes(near);
    const TileBytes drawn = draw_bytes(stream, x, y);
    const std::uint64_t top = step.by_set->cap >> 24;
    const __m512i most = _mm512_set1_epi8(static_cast<char>(top < 255 ? top : 255));
    store_bits(tile.candidates, candidates);
    if constexpr (std::is_same_v<Rule, ByClass>) {
      const std::uint8_t* classes = fuel_of(x, y);
      const std::uint8_t one = classes[first_cell(tile.candidates)];
      tile.is_listed = !are_all_of(one, tile.candidates, classes);
      if (!tile.is_listed) {
        tile.lit = caught_of_one_class(one, candidates, sets, drawn, step, stream, x, y);
        return;
      }
    }
    for (int q = 0; q < 4; ++q) {
      tile.candidates[q] &= _mm512_cmple_epu8_mask(drawn.quarter[q], most);
      list.add(tile.candidates[q], sets.quarter[q], drawn.quarter[q], fuel_of(x, y) + 64 * q,
               slope_of(x, y) + 64 * q);
    }
  }

  // Returns the candidates of a tile that catch fire.
  Bits caught(const Tile& tile) const {
    std::uint64_t won[4];
    std::uint32_t first = tile.first;
    for (std::uint32_t q = 0; q < 4; ++q) {
      const std::uint64_t candidates = tile.candidates[q];
      won[q] = _pdep_u64(CandidateList::bits_at(list.less, first), candidates);
      for (std::uint64_t left = _pdep_u64(CandidateList::bits_at(list.same, first), candidates);
           __builtin_expect(left != 0, 0); left &= left - 1) {
        const auto bit = static_cast<std::uint32_t>(__builtin_ctzll(left));
        const auto before = static_cast<std::uint32_t>(__builtin_popcountll(_bzhi_u64(candidates, bit)));
        const std::uint64_t wanted = Rule::threshold(*step.by_set, list.fuel[first + before],
                                                     list.bin[first + before], list.sets[first + before]);
        won[q] |= std::uint64_t{late_trial(stream, tile.x, tile.y, 64 * q + bit, wanted)} << bit;
      }
      first += static_cast<std::uint32_t>(__builtin_popcountll(candidates));
    }
    return words(won);
  }

  // Writes what becomes of a tile, as CountStepper::advance_tile does.
  bool finish(const Tile& tile, const TileBand& band, std::uint64_t* ignited) {
    const std::uint64_t at = place(tiles, tile.x, tile.y);
    Bits lit{};
    if (tile.has_candidates) {
      lit = tile.is_listed ? caught(tile) : tile.lit;
      light(tiles, step, at, tile.fuel, lit);
    }
    return end_tile(tiles, step, band, tile.x, tile.y, tile.here, lit, found, ignited);
  }

  std::uint32_t advance_word(std::uint32_t active, std::uint32_t y, std::uint32_t w, const TileBand& band) {
    Tile seen[32];  // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::uint32_t count = 0;
    list.size = 0;
    for (std::uint32_t left = active; left != 0; left &= left - 1)
      enlist(32 * w + static_cast<std::uint32_t>(__builtin_ctz(left)), y, seen[count++]);
    list.template compare<Rule>(*step.by_set);
    Reach reach;
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint64_t ignited[4];
      const bool stays = finish(seen[i], band, ignited);
      reach.add(seen[i].x % 32, ignited, stays);
    }
    spread_reach(tiles, band, y, w, reach);
    return count;
  }
};

}  // namespace
}  // namespace firesweep

#endif
