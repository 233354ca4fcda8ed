#include "test_disk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum kind { WRITE, SYNC, READ, TRUNCATE, SHM, OPEN, DELETE, MEMORY, KINDS };
static const char *const names[KINDS] = {"write", "sync", "read", "truncate", "shm", "open", "delete", "memory"};

static sqlite3_vfs *below;
static sqlite3_vfs layer;
static sqlite3_mem_methods heap;
static int trace = -1;
static int failing = KINDS;
static long fail_at;
static int fail_forever;
static atomic_long calls;
static atomic_int failed;
// An operation and its line in the trace are one step, so that the trace has the order in which things happened.
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

struct file {
    sqlite3_file base;
    const char *name;
    int syncs_folder;
    sqlite3_file *real;
};

static int fails(enum kind kind) {
    if ((int)kind != failing) return 0;
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (call != fail_at && !(fail_forever && call > fail_at)) return 0;
    atomic_store(&failed, 1);
    return 1;
}

// One record: kind, length of the name, offset, length of the data; then the name and the data.
static void note(char kind, const char *name, int64_t offset, const void *data, uint32_t length) {
    if (trace < 0) return;
    uint32_t name_length = (uint32_t)strlen(name);
    size_t total = 17 + name_length + length;
    char *record = malloc(total);
    if (!record) abort();
    record[0] = kind;
    memcpy(record + 1, &name_length, 4);
    memcpy(record + 5, &offset, 8);
    memcpy(record + 13, &length, 4);
    memcpy(record + 17, name, name_length);
    if (length) memcpy(record + 17 + name_length, data, length);
    // A trace with a hole would prove nothing.
    if (write(trace, record, total) != (ssize_t)total) abort();
    free(record);
}

static sqlite3_file *real(sqlite3_file *file) { return ((struct file *)file)->real; }
#define PASS(file, method, ...) real(file)->pMethods->method(real(file), ##__VA_ARGS__)

static int disk_close(sqlite3_file *file) { return PASS(file, xClose); }
static int disk_read(sqlite3_file *file, void *data, int count, sqlite3_int64 offset) {
    if (fails(READ)) return SQLITE_IOERR_READ;
    return PASS(file, xRead, data, count, offset);
}
static int disk_write(sqlite3_file *file, const void *data, int count, sqlite3_int64 offset) {
    if (fails(WRITE)) return SQLITE_IOERR_WRITE;
    pthread_mutex_lock(&order);
    int result = PASS(file, xWrite, data, count, offset);
    if (result == SQLITE_OK) note('W', ((struct file *)file)->name, offset, data, (uint32_t)count);
    pthread_mutex_unlock(&order);
    return result;
}
static int disk_truncate(sqlite3_file *file, sqlite3_int64 size) {
    if (fails(TRUNCATE)) return SQLITE_IOERR_TRUNCATE;
    pthread_mutex_lock(&order);
    int result = PASS(file, xTruncate, size);
    if (result == SQLITE_OK) note('T', ((struct file *)file)->name, size, NULL, 0);
    pthread_mutex_unlock(&order);
    return result;
}
static int disk_sync(sqlite3_file *file, int flags) {
    if (fails(SYNC)) return SQLITE_IOERR_FSYNC;
    struct file *this = (struct file *)file;
    // Noted before it is done: what another thread writes meanwhile is not counted as synchronized. The data of this
    // process's file go to the page cache alone: the test's disk is the trace, so that the true one may rest.
    pthread_mutex_lock(&order);
    note('S', this->name, this->syncs_folder, NULL, 0);
    this->syncs_folder = 0;
    pthread_mutex_unlock(&order);
    return trace < 0 ? PASS(file, xSync, flags) : SQLITE_OK;
}
static int disk_size(sqlite3_file *file, sqlite3_int64 *size) { return PASS(file, xFileSize, size); }
static int disk_lock(sqlite3_file *file, int level) { return PASS(file, xLock, level); }
static int disk_unlock(sqlite3_file *file, int level) { return PASS(file, xUnlock, level); }
static int disk_reserved(sqlite3_file *file, int *held) { return PASS(file, xCheckReservedLock, held); }
static int disk_control(sqlite3_file *file, int op, void *argument) { return PASS(file, xFileControl, op, argument); }
static int disk_sector(sqlite3_file *file) { return PASS(file, xSectorSize); }
static int disk_traits(sqlite3_file *file) { return PASS(file, xDeviceCharacteristics); }
static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
    if (fails(SHM)) return SQLITE_IOERR_SHMMAP;
    return PASS(file, xShmMap, page, size, extend, memory);
}
static int shm_lock(sqlite3_file *file, int first, int count, int flags) {
    return PASS(file, xShmLock, first, count, flags);
}
static void shm_barrier(sqlite3_file *file) { PASS(file, xShmBarrier); }
static int shm_unmap(sqlite3_file *file, int remove) { return PASS(file, xShmUnmap, remove); }

// Version 2: without xFetch, so that every read and write passes here.
static sqlite3_io_methods methods = {
    2, disk_close, disk_read, disk_write, disk_truncate, disk_sync, disk_size, disk_lock, disk_unlock, disk_reserved,
    disk_control, disk_sector, disk_traits, shm_map, shm_lock, shm_barrier, shm_unmap, NULL, NULL,
};

static int disk_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *given) {
    (void)vfs;
    struct file *this = (struct file *)file;
    memset(this, 0, sizeof *this);
    if (fails(OPEN)) return SQLITE_CANTOPEN;
    this->name = name ? name : "";
    this->real = (sqlite3_file *)(this + 1);
    int is_there = 1;
    if (name) below->xAccess(below, name, SQLITE_ACCESS_EXISTS, &is_there);
    int result = below->xOpen(below, name, this->real, flags, given);
    if (result != SQLITE_OK) return result;
    this->base.pMethods = &methods;
    // SQLite's layer for Unix synchronizes the folder with the first synchronization of such a file.
    this->syncs_folder = (flags & SQLITE_OPEN_CREATE) && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL));
    pthread_mutex_lock(&order);
    if (!is_there) note('O', this->name, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    return SQLITE_OK;
}
static int disk_delete(sqlite3_vfs *vfs, const char *name, int syncs_folder) {
    (void)vfs;
    if (fails(DELETE)) return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&order);
    int result = below->xDelete(below, name, syncs_folder);
    if (result == SQLITE_OK) note('D', name, syncs_folder, NULL, 0);
    pthread_mutex_unlock(&order);
    return result;
}

static void *heap_allocate(int count) { return fails(MEMORY) ? NULL : heap.xMalloc(count); }
static void *heap_resize(void *block, int count) { return fails(MEMORY) ? NULL : heap.xRealloc(block, count); }

int test_disk_fail(const char *wanted) {
    failing = KINDS;
    atomic_store(&calls, 0);
    atomic_store(&failed, 0);
    if (!wanted) return 0;
    char kind[16], how[16];
    long at;
    if (sscanf(wanted, "%15[a-z]:%ld:%15s", kind, &at, how) != 3 || at < 1) return 1;
    int chosen = 0;
    while (chosen < KINDS && strcmp(names[chosen], kind)) chosen++;
    fail_at = at;
    fail_forever = strcmp(how, "forever") == 0;
    failing = chosen;
    return chosen == KINDS;
}

int test_disk_install(void) {
    const char *path = getenv("TAPEDECK_TRACE");
    // Version 1 has no methods of shared memory.
    if (getenv("TAPEDECK_NO_LOG")) methods.iVersion = 1;
    if (path && (trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0) return 1;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &heap) != SQLITE_OK) return 1;
    sqlite3_mem_methods replaced = heap;
    replaced.xMalloc = heap_allocate;
    replaced.xRealloc = heap_resize;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &replaced) != SQLITE_OK) return 1;
    if (!(below = sqlite3_vfs_find(NULL))) return 1;
    layer = *below;
    layer.pNext = NULL;
    layer.zName = "testdisk";
    layer.szOsFile = (int)sizeof(struct file) + below->szOsFile;
    layer.xOpen = disk_open;
    layer.xDelete = disk_delete;
    return sqlite3_vfs_register(&layer, 1) != SQLITE_OK;
}

void test_disk_acknowledge(char kind, long long count) {
    pthread_mutex_lock(&order);
    note(kind, "", count, NULL, 0);
    pthread_mutex_unlock(&order);
}

int test_disk_has_failed(void) { return atomic_load(&failed); }
