#include "landscape_file.hpp"

#include <cstring>

namespace firesweep::sample {
namespace {

constexpr std::size_t header_bytes = 7316;

template <class Number>
void put(std::string& bytes, std::size_t offset, Number value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}

}  // namespace

std::string landscape_file(std::int16_t elevation_unit,
                           const std::vector<std::array<std::int16_t, 5>>& cells) {
  std::string bytes(header_bytes, '\0');
  put<std::int32_t>(bytes, 0, 20);        // no crown fuels
  put<std::int32_t>(bytes, 4, 20);        // no ground fuels
  put<std::int32_t>(bytes, 8, -36);       // latitude, which is wrong in files of the south
  put<std::int32_t>(bytes, 4164, 2);      // columns
  put<std::int32_t>(bytes, 4168, 2);      // rows
  put<double>(bytes, 4172, 360'060.0);    // east
  put<double>(bytes, 4180, 360'000.0);    // west
  put<double>(bytes, 4188, 5'850'060.0);  // north
  put<double>(bytes, 4196, 5'850'000.0);  // south
  put<std::int32_t>(bytes, 4204, 0);      // metres
  put<double>(bytes, 4208, 30.0);
  put<double>(bytes, 4216, 30.0);
  put<std::int16_t>(bytes, 4224, elevation_unit);
  for (const auto& cell : cells) bytes.append(reinterpret_cast<const char*>(cell.data()), sizeof(cell));
  return bytes;
}

}  // namespace firesweep::sample
