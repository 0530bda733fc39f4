/* Loaded before the C library: while the file named by FAIL_WHEN exists, the operations named by FAIL_WHAT ("write", "flush")
   on exchange.db fail as on a broken disk. Its log is another file and goes on working. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int fd, const char *what) {
  static const char name[] = "/exchange.db";
  const char *when = getenv("FAIL_WHEN"), *which = getenv("FAIL_WHAT");
  char link[64], path[4096];
  ssize_t length;
  if (!when || !which || strcmp(which, what) || access(when, F_OK)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path);
  if (length < (ssize_t)(sizeof name - 1)) return 0;
  if (memcmp(path + length - (sizeof name - 1), name, sizeof name - 1)) return 0;
  errno = EIO;
  return 1;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
  return fails(fd, "write") ? -1 : next(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  ssize_t (*next)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  return fails(fd, "write") ? -1 : next(fd, bytes, count, at);
}

int fsync(int fd) {
  int (*next)(int) = dlsym(RTLD_NEXT, "fsync");
  return fails(fd, "flush") ? -1 : next(fd);
}

int fdatasync(int fd) {
  int (*next)(int) = dlsym(RTLD_NEXT, "fdatasync");
  return fails(fd, "flush") ? -1 : next(fd);
}
