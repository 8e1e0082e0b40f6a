#pragma once

// One step of a fire, tile by tile. See tile_bits.hpp for how this is compiled.
//
// For every active tile, that is every tile with a burning cell in it or next to it:
//
//  1. Count. The three rows around a cell are added up in every column, then the three columns, by bit-sliced
//     adders: one vector holds one binary digit of the counts of all 256 cells.
//  2. Choose. The candidates are the fuel cells with a burning neighbour; the rule sorts them by threshold.
//  3. Draw. Some planes of random bits at once, compared with the thresholds' planes, until all are decided.
//  4. Update. Candidates who lost stay fuel, those who won burn next, and so do cells that burn for longer. Their tile,
//     and the tiles that they touch, are active in the next step.

#include <algorithm>

#include "tile_bytes.hpp"
#include "tile_draws.hpp"
#include "tile_layout.hpp"
#include "tile_operations.hpp"

namespace firesweep {
namespace {

// The cells of a tile, of those above and of those below, and the columns on either side.
struct Neighbourhood {
  struct Column {
    Bits above;
    Bits here;
    Bits below;

    explicit Column(const std::uint16_t* tile)
        : above(load_bits(tile - 1)), here(load_bits(tile)), below(load_bits(tile + 1)) {}
  };

  Column west;
  Column middle;
  Column east;
  Bits count[3];  // digits of the number of burning cells around, modulo 8; itself included, if it burns
  Bits any;       // whether that number is above 0

  Neighbourhood(const std::uint16_t* tile, std::uint64_t strip)
      : west(tile - strip), middle(tile), east(tile + strip) {
    const Bits ones = exclusive_or(middle.above, middle.here, middle.below);
    const Bits twos = majority(middle.above, middle.here, middle.below);
    const Bits west_ones = from_west(ones, exclusive_or(west.above, west.here, west.below));
    const Bits west_twos = from_west(twos, majority(west.above, west.here, west.below));
    const Bits east_ones = from_east(ones, exclusive_or(east.above, east.here, east.below));
    const Bits east_twos = from_east(twos, majority(east.above, east.here, east.below));
    const Bits carry = majority(ones, west_ones, east_ones);
    const Bits sum_of_twos = exclusive_or(twos, west_twos, east_twos);
    const Bits fours = majority(twos, west_twos, east_twos);
    count[0] = exclusive_or(ones, west_ones, east_ones);
    count[1] = sum_of_twos ^ carry;
    count[2] = flipped(fours, sum_of_twos, carry);
    any = count[0] | carry | sum_of_twos | fours;
  }

  // The cells with n burning neighbours, 1 <= n <= 7.
  template <int n>
  Bits count_is() const {
#if defined(__AVX512VL__)
    return ternary<1 << n>(count[2], count[1], count[0]);
#else
    const Bits digit0 = n & 1 ? count[0] : ~count[0];
    const Bits digit1 = n & 2 ? count[1] : ~count[1];
    const Bits digit2 = n & 4 ? count[2] : ~count[2];
    return digit0 & digit1 & digit2;
#endif
  }

  // The cells whose northern neighbour burns. The other directions are as near: middle.below,
  // from_west(middle.here, west.here), ...
  Bits north() const {
    return middle.above;
  }
};

// The tiles that become active around the tiles of one word, by row of tiles: bit x + 1 is tile x, so that
// the tiles just outside of the word have their bits as well.
struct Reach {
  std::uint64_t above = 0;
  std::uint64_t here = 0;
  std::uint64_t below = 0;

  // Adds what tile x of the word reaches: the neighbours its ignited cells touch, and itself if `stays`.
  void add(std::uint32_t x, const std::uint64_t* ignited, bool stays) {
    const std::uint64_t any = ignited[0] | ignited[1] | ignited[2] | ignited[3];
    const std::uint64_t top = ignited[0] & 0xFFFF;
    const std::uint64_t bottom = ignited[3] >> 48;
    const bool west = (any & 0x0001000100010001) != 0;
    const bool east = (any & 0x8000800080008000) != 0;
    above |= row(top) << x;
    here |= (std::uint64_t{west} | std::uint64_t{stays} << 1 | std::uint64_t{east} << 2) << x;
    below |= row(bottom) << x;
  }

 private:
  static std::uint64_t row(std::uint64_t cells) {
    return (cells & 1) | std::uint64_t{cells != 0} << 1 | cells >> 15 << 2;
  }
};

// The cells of the tile that lie inside the grid.
inline Bits inside(const TilePlanes& tiles, std::uint32_t x, std::uint32_t y) {
  const std::uint64_t rows = x + 1 == tiles.columns ? tiles.last_column_rows : ~std::uint64_t{0};
  const Bits columns = Bits{} + rows;
  return y + 1 == tiles.rows ? columns & load_bits(tiles.last_row_quarters) : columns;
}

// The thresholds of the vegetation's densities, class by class.
struct DensityOfClass {
  const std::uint64_t* densities;
  const std::uint8_t* fuel;  // of the tile

  std::uint64_t operator()(std::uint32_t cell) const { return densities[fuel[cell]]; }
  std::uint8_t first_byte(std::uint32_t cell) const {
    const std::uint64_t byte = (*this)(cell) >> 24;
    return static_cast<std::uint8_t>(byte < 255 ? byte : 255);
  }
};

// Returns the cells that succeed in trials of one threshold.
inline Bits trials_of_one(Bits cells, const ThresholdPlanes& threshold, const DrawStream& stream,
                          std::uint32_t x, std::uint32_t y) {
  if (threshold.never[0] != 0) return Bits{};
  if (threshold.always[0] != 0) return cells;
  return trials<0>(cells, nullptr, threshold, stream, x, y);
}

// Returns the vegetation that a seed grows on a tile.
inline Bits vegetation(const TilePlanes& tiles, const Growth& growth, std::uint32_t x, std::uint32_t y) {
  const DrawStream stream{growth.keys, purpose_word(Purpose::vegetation), 0};
  Bits cells = inside(tiles, x, y);
  if (growth.ground != nullptr) {
    const TileGround& ground = *growth.ground;
    const std::uint64_t tile = y * std::uint64_t{tiles.columns} + x;
    cells &= load_bits(ground.burnable + 4 * tile);
    if (ground.densities != nullptr)
      return byte_trials(cells, stream, x, y,
                         DensityOfClass{ground.densities, ground.fuel + tile_cells * tile});
  }
  return trials_of_one(cells, *growth.density, stream, x, y);
}

inline std::uint64_t place(const TilePlanes& tiles, std::uint32_t x, std::uint32_t y) {
  return (x + std::uint64_t{1}) * tiles.strip + (y + std::uint64_t{1}) * tile_side;
}

std::uint32_t grow(const TilePlanes& tiles, const Growth& growth, std::uint32_t x, std::uint32_t y,
                   std::uint64_t* grown) {
  const Bits cells = vegetation(tiles, growth, x, y);
  store_bits(grown, cells);
  return size(cells);
}

void touch(const TilePlanes& tiles, const Growth& growth, std::uint32_t x, std::uint32_t y) {
  const Bits cells = vegetation(tiles, growth, x, y);
  store_bits(tiles.fuel + place(tiles, x, y), cells);
  store_bits(tiles.landscape + place(tiles, x, y), cells);
}

// Returns those candidates that catch fire.
template <class Rule, int specials>
inline Bits caught(Bits candidates, const Neighbourhood& near, const ThresholdPlanes& thresholds,
                   const DrawStream& stream, std::uint32_t x, std::uint32_t y) {
  Bits special[std::uint32_t{specials} + 1];
  Rule::template classify<specials>(near, special);
  Bits always{};
  if (thresholds.has_certain) {
    always += thresholds.always[0];
    Bits never = Bits{} + thresholds.never[0];
    for (int i = 0; i < specials; ++i) {
      always = flipped(always, special[i], Bits{} + thresholds.always[i + 1]);
      never = flipped(never, special[i], Bits{} + thresholds.never[i + 1]);
    }
    always &= candidates;
    candidates &= ~(always | never);
    if (is_empty(candidates)) return always;
  }
  return always | trials<specials>(candidates, special, thresholds, stream, x, y);
}

// Spreads the reach of word w of row y over the words of `next`. Whether there is any is hard to foresee, so
// nothing branches on it.
inline void spread_reach(const TilePlanes& tiles, const TileBand& band, std::uint32_t y, std::uint32_t w,
                         const Reach& reach) {
  const auto add = [&](std::uint32_t* row, std::uint64_t tiles_reached) {
    const bool is_last = w + 1 == tiles.words;
    const std::uint64_t inside = is_last ? (std::uint64_t{2} << (tiles.columns - 1) % 32) - 1 : 0xFFFFFFFF;
    row[w] |= static_cast<std::uint32_t>(tiles_reached >> 1 & inside);
    if (w > 0) row[w - 1] |= static_cast<std::uint32_t>(tiles_reached << 31);
    if (!is_last) row[w + 1] |= static_cast<std::uint32_t>(tiles_reached >> 33);
  };
  const bool is_first = y == band.first;
  const bool is_end = y + 1 == band.end;
  std::uint32_t* row = tiles.next + y * std::uint64_t{tiles.words};
  add(is_first ? band.above : row - tiles.words, reach.above);
  add(row, reach.here);
  add(is_end ? band.below : row + tiles.words, reach.below);
  if (!is_first) tiles.next_rows[y - 1] |= std::uint8_t{reach.above != 0};
  tiles.next_rows[y] |= std::uint8_t{reach.here != 0};
  if (!is_end) tiles.next_rows[y + 1] |= std::uint8_t{reach.below != 0};
}

// Notes which cells of a tile catch fire.
inline void light(const TilePlanes& tiles, const FireStep& step, std::uint64_t at, Bits fuel, Bits lit) {
  store_bits(tiles.fuel + at, fuel & ~lit);
  for (int i = 0; i < step.arrival_digits; ++i)
    store_bits(step.arrival[i] + at, load_bits(step.arrival[i] + at) | lit);
}

// What has been found in a band so far.
struct Found {
  std::uint64_t burning = 0;
  std::uint64_t burn_on = 0;
  Bits watched{};  // cells that burn next, of any tile of the row
};

// Takes a step off what is left of the burning cells of a tile, and sets it for those that are lit. Returns the cells
// that burn on.
__attribute__((noinline)) Bits burn_on(const TilePlanes& tiles, const TileResidence& residence,
                                       std::uint32_t x, std::uint32_t y, Bits here, Bits lit) {
  const std::uint64_t at = place(tiles, x, y);
  const std::uint64_t tile = y * std::uint64_t{tiles.columns} + x;
  const auto digits = static_cast<std::uint64_t>(residence.digits);
  Bits any{};
  for (std::uint64_t i = 0; i < digits; ++i) any |= load_bits(residence.left[i] + at);
  const Bits stay = here & any;
  Bits borrow = stay;
  for (std::uint64_t i = 0; i < digits; ++i) {
    const Bits digit = load_bits(residence.left[i] + at);
    const Bits of_lit = load_bits(residence.burn_steps + 4 * (digits * tile + i));
    store_bits(residence.left[i] + at, ((digit ^ borrow) & ~lit) | (of_lit & lit));
    borrow &= ~digit;
  }
  return stay;
}

// Embers of the cells of a tile that burn now.
__attribute__((noinline)) void throw_embers(const FireStep& step, const TileBand& band, std::uint32_t x,
                                            std::uint32_t y, Bits here) {
  const DrawStream stream{step.growth.keys, purpose_word(Purpose::ember), step.number};
  const Bits thrown = trials_of_one(here, *step.embers->rate, stream, x, y);
  if (is_empty(thrown)) return;
  std::uint64_t cells[4];
  store_bits(cells, thrown);
  step.embers->fly(band.flights, x, y, cells);
}

// Ends the step of a tile, where `here` burns and `lit` catches fire. What burns next is in `ignited`, and it returns
// whether the tile burns now or next.
inline bool end_tile(const TilePlanes& tiles, const FireStep& step, const TileBand& band, std::uint32_t x,
                     std::uint32_t y, Bits here, Bits lit, Found& found, std::uint64_t* ignited) {
  Bits next = lit;
  if (step.residence != nullptr) {
    const Bits stay = burn_on(tiles, *step.residence, x, y, here, lit);
    found.burn_on += size(stay);
    next |= stay;
  }
  if (step.embers != nullptr && !is_empty(here)) throw_embers(step, band, x, y, here);
  found.burning += size(next);
  if (step.watched != nullptr)
    found.watched |= next & load_bits(step.watched + 4 * (y * std::uint64_t{tiles.columns} + x));
  store_bits(tiles.ignited + place(tiles, x, y), next);
  store_bits(ignited, next);
  return !is_empty(here | next);
}

// Advances the active tiles of a word one after the other, and returns how many there are.
template <class Stepper>
inline std::uint32_t advance_tile_by_tile(Stepper& stepper, std::uint32_t active, std::uint32_t y,
                                          std::uint32_t w, const TileBand& band) {
  Reach reach;
  for (std::uint32_t left = active; left != 0; left &= left - 1) {
    const auto x = static_cast<std::uint32_t>(__builtin_ctz(left));
    std::uint64_t ignited[4];
    const bool stays = stepper.advance_tile(32 * w + x, y, band, ignited);
    reach.add(x, ignited, stays);
  }
  spread_reach(stepper.tiles, band, y, w, reach);
  return static_cast<std::uint32_t>(__builtin_popcount(active));
}

// Advances tiles by a rule that counts burning neighbours.
template <class Rule, int specials>
struct CountStepper {
  const TilePlanes& tiles;
  const FireStep& step;
  const DrawStream stream;
  Found found{};

  // Advances one tile. What burns next is in `ignited`, and it returns whether the tile burns now or next.
  bool advance_tile(std::uint32_t x, std::uint32_t y, const TileBand& band, std::uint64_t* ignited) {
    const std::uint64_t at = place(tiles, x, y);
    const Neighbourhood near(tiles.burning + at, tiles.strip);
    const Bits fuel = load_bits(tiles.fuel + at);
    const Bits candidates = fuel & near.any;
    Bits lit{};
    if (!is_empty(candidates)) {
      lit = caught<Rule, specials>(candidates, near, *step.thresholds, stream, x, y);
      light(tiles, step, at, fuel, lit);
    }
    return end_tile(tiles, step, band, x, y, near.middle.here, lit, found, ignited);
  }

  std::uint32_t advance_word(std::uint32_t active, std::uint32_t y, std::uint32_t w, const TileBand& band) {
    return advance_tile_by_tile(*this, active, y, w, band);
  }
};

// Generates the vegetation of those active tiles that no fire has been near to.
inline void touch_fresh(const TilePlanes& tiles, const FireStep& step, std::uint32_t active, std::uint32_t y,
                        std::uint32_t w) {
  std::uint32_t& touched = tiles.touched[y * std::uint64_t{tiles.words} + w];
  const std::uint32_t fresh = active & ~touched;
  if (fresh == 0) return;
  touched |= fresh;
  tiles.touched_rows[y] = 1;
  for (std::uint32_t left = fresh; left != 0; left &= left - 1)
    touch(tiles, step.growth, 32 * w + static_cast<std::uint32_t>(__builtin_ctz(left)), y);
}

template <class Stepper>
BandCount advance(const TilePlanes& tiles, const FireStep& step, const TileBand& band) {
  BandCount count{0, 0, 0, tiles.rows, 0};
  Stepper stepper{tiles, step, {step.growth.keys, purpose_word(Purpose::spread), step.number}};
  for (std::uint32_t y = band.first_active; y < band.end_active; ++y) {
    std::uint32_t found = 0;
    if (tiles.active_rows[y] != 0) {
      tiles.active_rows[y] = 0;
      for (std::uint32_t w = 0; w < tiles.words; ++w) {
        std::uint32_t& word = tiles.active[y * std::uint64_t{tiles.words} + w];
        const std::uint32_t active = word;
        if (active == 0) continue;
        word = 0;
        touch_fresh(tiles, step, active, y, w);
        found += stepper.advance_word(active, y, w, band);
      }
      if (!is_empty(stepper.found.watched)) {
        step.watched_rows[y] = 1;
        stepper.found.watched = Bits{};
        count.is_watched = true;
      }
      if (count.first > y) count.first = y;
      count.end = y + 1;
    }
    tiles.work[y] = found;
    count.tiles += found;
  }
  count.burning = stepper.found.burning;
  count.burn_on = stepper.found.burn_on;
  return count;
}

// Adds 1 to the numbers of the cells that are set; digit i of all 256 numbers is the four words from 4 i on.
void count_up(std::uint64_t* digits, const void* set) {
  for (Bits carry = load_bits(set); !is_empty(carry); digits += 4) {
    const Bits digit = load_bits(digits);
    store_bits(digits, digit ^ carry);
    carry &= digit;
  }
}

}  // namespace
}  // namespace firesweep
