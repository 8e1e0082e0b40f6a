#include "gif_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <new>
#include <utility>

#include <fcntl.h>
#include <gif_lib.h>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

/// For so many colours and one more, which is see-through: a power of two.
int palette_size_of(std::size_t colours) {
  expects(colours < 256, "a picture has at most 255 colours");
  return static_cast<int>(std::bit_ceil(colours + 1));
}

/// Pixels in a picture, the ends excluded.
struct Rectangle {
  int left = 0;
  int top = 0;
  int right = 1;
  int bottom = 1;
};

int append_bytes(GifFileType* gif, const GifByteType* bytes, int count) {
  try {
    static_cast<std::string*>(gif->UserData)
        ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
    return count;
  } catch (const std::bad_alloc&) {  // nothing may be thrown through the library, which reports it
    return 0;
  }
}

/// Memory is all that the library can lack, as it writes into memory.
void check(int status) {
  if (status != GIF_OK) throw std::bad_alloc();
}

/// What encloses all pixels that are not see-through; one pixel if there are none.
Rectangle changed_part(std::span<const std::uint8_t> pixels, int width, std::uint8_t see_through) {
  const auto is_changed = [&](std::uint8_t pixel) { return pixel != see_through; };
  const auto first = std::ranges::find_if(pixels, is_changed);
  if (first == pixels.end()) return {};
  const auto rows = static_cast<int>(pixels.size()) / width;
  Rectangle part{.left = width, .top = static_cast<int>(first - pixels.begin()) / width, .right = 0};
  for (int y = part.top; y < rows; ++y) {
    const auto row = pixels.subspan(static_cast<std::size_t>(y) * static_cast<std::size_t>(width),
                                    static_cast<std::size_t>(width));
    const auto leftmost = std::ranges::find_if(row, is_changed);
    if (leftmost == row.end()) continue;
    const auto rightmost = std::find_if(row.rbegin(), row.rend(), is_changed);
    part.left = std::min(part.left, static_cast<int>(leftmost - row.begin()));
    part.right = std::max(part.right, static_cast<int>(row.rend() - rightmost));
    part.bottom = y + 1;
  }
  return part;
}

}  // namespace

class GifFile::Encoder {
 public:
  explicit Encoder(std::string& output) : gif_(EGifOpen(&output, append_bytes, nullptr)) {
    if (gif_ == nullptr) throw std::bad_alloc();
    EGifSetGifVersion(gif_, true);
  }
  ~Encoder() {
    if (gif_ != nullptr) EGifCloseFile(gif_, nullptr);
  }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  void begin(int width, int height, std::span<const Colour> colours, const std::string& comment) {
    const int palette_size = palette_size_of(colours.size());
    std::array<GifColorType, 256> palette{};
    std::ranges::transform(colours, palette.begin(), [](const Colour& colour) {
      return GifColorType{colour.red, colour.green, colour.blue};
    });
    const std::unique_ptr<ColorMapObject, decltype(&GifFreeMapObject)> map(
        GifMakeMapObject(palette_size, palette.data()), GifFreeMapObject);
    if (!map) throw std::bad_alloc();
    check(EGifPutScreenDesc(gif_, width, height, palette_size, 0, map.get()));
    repeat_for_ever();
    check(EGifPutComment(gif_, comment.c_str()));
  }

  void add(std::span<const std::uint8_t> pixels, int width, const Rectangle& part, int hundredths,
           int transparent) {
    const GraphicsControlBlock control{.DisposalMode = DISPOSE_DO_NOT,
                                       .UserInputFlag = false,
                                       .DelayTime = hundredths,
                                       .TransparentColor = transparent};
    std::array<GifByteType, 4> bytes{};
    EGifGCBToExtension(&control, bytes.data());
    check(EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, bytes.size(), bytes.data()));
    check(EGifPutImageDesc(gif_, part.left, part.top, part.right - part.left, part.bottom - part.top, false,
                           nullptr));
    std::vector<GifPixelType> line;  // the library writes into what it is given
    for (int y = part.top; y < part.bottom; ++y) {
      const auto row = pixels.begin() + static_cast<std::ptrdiff_t>(y) * width;
      line.assign(row + part.left, row + part.right);
      check(EGifPutLine(gif_, line.data(), static_cast<int>(line.size())));
    }
  }

  void close() { check(EGifCloseFile(std::exchange(gif_, nullptr), nullptr)); }

 private:
  void repeat_for_ever() {
    constexpr std::array<GifByteType, 3> repeat = {1, 0, 0};
    check(EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE));
    check(EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0"));
    check(EGifPutExtensionBlock(gif_, repeat.size(), repeat.data()));
    check(EGifPutExtensionTrailer(gif_));
  }

  GifFileType* gif_;
};

GifFile::GifFile(const std::filesystem::path& path, int width, int height, std::span<const Colour> colours,
                 const std::string& comment)
    : width_(width),
      height_(height),
      see_through_(static_cast<std::uint8_t>(palette_size_of(colours.size()) - 1)),
      file_(path, O_WRONLY | O_CREAT | O_EXCL),
      encoder_(std::make_unique<Encoder>(encoded_)) {
  encoder_->begin(width, height, colours, comment);
  write_out();
}

GifFile::~GifFile() = default;

void GifFile::add(std::span<const std::uint8_t> pixels, int hundredths) {
  if (before_.empty()) {
    encoder_->add(pixels, width_, {.right = width_, .bottom = height_}, hundredths, NO_TRANSPARENT_COLOR);
  } else {
    std::vector<std::uint8_t> changes(pixels.size());
    std::ranges::transform(pixels, before_, changes.begin(), [&](std::uint8_t now, std::uint8_t before) {
      return now == before ? see_through_ : now;
    });
    encoder_->add(changes, width_, changed_part(changes, width_, see_through_), hundredths, see_through_);
  }
  before_.assign(pixels.begin(), pixels.end());
  write_out();
}

void GifFile::close() {
  encoder_->close();
  write_out();
}

void GifFile::write_out() {
  file_.write(written_, encoded_);
  written_ += encoded_.size();
  encoded_.clear();
}

}  // namespace firesweep
