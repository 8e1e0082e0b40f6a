#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/ensemble/block.hpp"
#include "firesweep/ensemble/performance.hpp"

namespace firesweep {

/// What goes from rank to rank. Packing then unpacking gives an equal value; all ranks run the same binary on
/// one byte order.
using Bytes = std::vector<std::byte>;

Bytes pack(const Block& block);
Bytes pack(const BlockResult& result);
/// The same deflated: less than half of the bytes, for 40 ns a record and 12 to unpack it.
Bytes pack_tightly(const BlockResult& result);
Bytes pack(const RankPerformance& performance);

/// The unpackers break their contract (BrokenContract) on bytes that no pack() made.
Block unpack_block(std::span<const std::byte> bytes);
BlockResult unpack_block_result(std::span<const std::byte> bytes);
RankPerformance unpack_rank_performance(std::span<const std::byte> bytes);

}  // namespace firesweep
