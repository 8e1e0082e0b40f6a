/* A library for LD_PRELOAD that lets calls on certain files fail, as disks and file systems do, or kills the process
 * there. The environment says where and how:
 *
 *   FAULT_FILES   part of the paths of the files meant
 *   FAULT_CALLS   the calls that count, of: open read write truncate sync rename unlink lock close; default: all but read
 *   FAULT_FIRST   number of the first call to be hit, from 1
 *   FAULT_LAST    number of the last; default: FAULT_FIRST
 *   FAULT_ACTION  the number of an errno, "short" (half of a write), "kill-before" or "kill-after"
 *   FAULT_REPORT  a file that gets a line for every call hit
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

enum action { GO_ON, FAIL, HALVE, DIE_AFTER };

enum { MOST_DESCRIPTORS = 4096 };
static atomic_bool watched[MOST_DESCRIPTORS];
static atomic_long calls;

static long number(const char* variable, long otherwise) {
  const char* text = getenv(variable);
  return text ? atol(text) : otherwise;
}

static int is_meant(const char* path) {
  const char* part = getenv("FAULT_FILES");
  return part && path && strstr(path, part);
}

static int is_watched(int descriptor) {
  return descriptor >= 0 && descriptor < MOST_DESCRIPTORS && watched[descriptor];
}

static void die(void) {
  kill(getpid(), SIGKILL);
  pause();
}

/* Past the wrappers below, which would count it. */
static void report(long at, const char* call) {
  const char* path = getenv("FAULT_REPORT");
  if (!path) return;
  char line[64];
  const int length = snprintf(line, sizeof line, "%ld %s\n", at, call);
  const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0666);
  syscall(SYS_write, file, line, (size_t)length);
  syscall(SYS_close, file);
}

/* What is to become of this call. If it is to fail, errno says why. */
static enum action next_action(const char* call) {
  const char* counted = getenv("FAULT_CALLS");
  if (!strstr(counted ? counted : "open write truncate sync rename unlink lock close", call)) return GO_ON;
  const long at = ++calls;
  const long first = number("FAULT_FIRST", 0);
  if (at < first || at > number("FAULT_LAST", first)) return GO_ON;
  report(at, call);
  const char* action = getenv("FAULT_ACTION");
  if (!action) return GO_ON;
  if (strcmp(action, "kill-before") == 0) die();
  if (strcmp(action, "kill-after") == 0) return DIE_AFTER;
  if (strcmp(action, "short") == 0) return HALVE;
  errno = atoi(action);
  return FAIL;
}

#define FIND(real, name) \
  if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name)

/* A function whose call fails with -1 and has then done nothing. */
#define WRAP(name, call, is_to_watch, parameters, arguments) \
  int name parameters {                                      \
    static int(*real) parameters;                            \
    FIND(real, name);                                        \
    if (!(is_to_watch)) return real arguments;               \
    const enum action action = next_action(call);            \
    if (action == FAIL) return -1;                           \
    const int result = real arguments;                       \
    if (action == DIE_AFTER) die();                          \
    return result;                                           \
  }

WRAP(ftruncate, "truncate", is_watched(file), (int file, off_t size), (file, size))
WRAP(ftruncate64, "truncate", is_watched(file), (int file, off64_t size), (file, size))
WRAP(fsync, "sync", is_watched(file), (int file), (file))
WRAP(fdatasync, "sync", is_watched(file), (int file), (file))
WRAP(flock, "lock", is_watched(file), (int file, int mode), (file, mode))
WRAP(rename, "rename", is_meant(from) || is_meant(to), (const char* from, const char* to), (from, to))
WRAP(renameat, "rename", is_meant(from) || is_meant(to), (int old, const char* from, int new, const char* to),
     (old, from, new, to))
WRAP(unlink, "unlink", is_meant(path), (const char* path), (path))
WRAP(unlinkat, "unlink", is_meant(path), (int folder, const char* path, int flags), (folder, path, flags))

/* A function that moves `size` bytes. */
#define WRAP_BYTES(name, call, parameters, arguments)                \
  ssize_t name parameters {                                          \
    static ssize_t(*real) parameters;                                \
    FIND(real, name);                                                \
    if (!is_watched(file)) return real arguments;                    \
    const enum action action = next_action(call);                    \
    if (action == FAIL) return -1;                                   \
    if (action == HALVE && size > 1) size /= 2;                      \
    const ssize_t result = real arguments;                           \
    if (action == DIE_AFTER) die();                                  \
    return result;                                                   \
  }

WRAP_BYTES(read, "read", (int file, void* to, size_t size), (file, to, size))
WRAP_BYTES(pread, "read", (int file, void* to, size_t size, off_t at), (file, to, size, at))
WRAP_BYTES(pread64, "read", (int file, void* to, size_t size, off64_t at), (file, to, size, at))
WRAP_BYTES(write, "write", (int file, const void* from, size_t size), (file, from, size))
WRAP_BYTES(pwrite, "write", (int file, const void* from, size_t size, off_t at), (file, from, size, at))
WRAP_BYTES(pwrite64, "write", (int file, const void* from, size_t size, off64_t at), (file, from, size, at))

/* Opens `path` and watches it if it is meant. */
#define WRAP_OPEN(name, parameters, arguments)                                      \
  int name parameters {                                                             \
    static int(*real) parameters;                                                   \
    FIND(real, name);                                                               \
    va_list rest;                                                                   \
    va_start(rest, flags);                                                          \
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;   \
    va_end(rest);                                                                   \
    const enum action action = is_meant(path) ? next_action("open") : GO_ON;        \
    if (action == FAIL) return -1;                                                  \
    const int file = real arguments;                                                \
    if (action == DIE_AFTER) die();                                                 \
    if (file >= 0 && file < MOST_DESCRIPTORS) watched[file] = is_meant(path);       \
    return file;                                                                    \
  }

WRAP_OPEN(open, (const char* path, int flags, ...), (path, flags, mode))
WRAP_OPEN(open64, (const char* path, int flags, ...), (path, flags, mode))
WRAP_OPEN(openat, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))
WRAP_OPEN(openat64, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))

/* A close that fails has closed. */
int close(int file) {
  static int (*real)(int);
  FIND(real, close);
  if (!is_watched(file)) return real(file);
  const enum action action = next_action("close");
  const int reason = errno;
  watched[file] = 0;
  const int result = real(file);
  if (action == DIE_AFTER) die();
  if (action != FAIL) return result;
  errno = reason;
  return -1;
}
