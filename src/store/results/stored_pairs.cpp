#include "results/stored_pairs.hpp"

#include <string>
#include <vector>

#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/experiment/compared_axes.hpp"

#include "results/stored_column.hpp"

namespace firesweep {

PairMaps read_pair_maps(const hdf5::Handle& file, const StoredMatrix& matrix, std::size_t axis,
                        std::size_t pair, std::size_t scenario) {
  const hdf5::Handle group = hdf5::open_group(file.id(), comparison_group(matrix.axes[axis].name));
  hdf5::Shape shape;
  hdf5::Piece piece;
  const auto add = [&](std::size_t length, std::size_t offset, std::size_t count) {
    shape.push_back(length);
    piece.offset.push_back(offset);
    piece.count.push_back(count);
  };
  const auto read = [&]<class T>(const Array<T>& array) {
    std::vector<T> values(hdf5::product(piece.count));
    hdf5::read_piece(open_shaped(group.id(), std::string(array.name), hdf5::element_of<T>(), shape),
                     hdf5::element_of<T>(), piece, values.data());
    return values;
  };
  const auto places = matrix.scenarios.places(scenario);
  for (std::size_t i = 0; i < matrix.axes.size(); ++i)
    if (i != axis) add(matrix.scenarios.length(i), places[i], 1);
  add(count_pairs(matrix.scenarios.length(axis)), pair, 1);
  const std::int64_t seeds = read(arrays::map_seeds).front();
  for (const std::size_t side : {matrix.extent.height, matrix.extent.width}) add(side, 0, side);
  const std::vector<std::int32_t> first = read(arrays::only_first_count);
  const std::vector<std::int32_t> second = read(arrays::only_second_count);
  for (std::size_t cell = 0; cell < first.size(); ++cell)
    if (first[cell] < 0 || second[cell] < 0 || std::int64_t{first[cell]} + second[cell] > seeds)
      throw hdf5::Error("make sense of its maps of pairs, which contradict each other");
  return {static_cast<std::uint64_t>(seeds), {first.begin(), first.end()}, {second.begin(), second.end()}};
}

}  // namespace firesweep
