// Large blocks of memory ask for large pages. Columns of millions of runs and maps of millions of cells are written
// from end to end once, and then a page fault for every 4 KiB takes longer than what is done with them, where the
// system gives large pages to none but those who ask (/sys/kernel/mm/transparent_hugepage/enabled: madvise).

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace {

constexpr std::size_t large_page = std::size_t{2} << 20;
constexpr std::size_t worth_large_pages = 2 * large_page;

void* allocate_large(std::size_t size) {
  if (size > std::size_t{PTRDIFF_MAX}) return nullptr;
  const std::size_t pages = size / large_page + (size % large_page == 0 ? 0 : 1);
  void* const block = std::aligned_alloc(large_page, pages * large_page);
  if (block != nullptr) ::madvise(block, pages * large_page, MADV_HUGEPAGE);  // or the usual ones
  return block;
}

}  // namespace

void* operator new(std::size_t size) {
  for (;;) {
    void* const block = size < worth_large_pages ? std::malloc(size == 0 ? 1 : size) : allocate_large(size);
    if (block != nullptr) return block;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void operator delete(void* block) noexcept {
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}
