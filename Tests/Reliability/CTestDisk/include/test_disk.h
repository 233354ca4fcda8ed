#ifndef TEST_DISK_H
#define TEST_DISK_H

/// Puts the test disk between SQLite and its files, as the default file layer. To be called before SQLite is used.
///
/// TAPEDECK_TRACE=FILE appends what is done to each file to FILE, for the test of power loss. With TAPEDECK_NO_LOG no file
/// can share memory, as on a network file system, so that there are rollback journals and no logs.
/// Returns 0, or 1 when that cannot be.
int test_disk_install(void);

/// Lets the Nth operation of a kind fail, counted from 1 and from this call on, and with `forever` all after it.
///
/// `wanted` is KIND:N:once or KIND:N:forever, where KIND is write, sync, read, truncate, shm, open, delete or memory; NULL
/// lets nothing fail. To be called while no other thread uses SQLite. Returns 0, or 1 when `wanted` makes no sense.
int test_disk_fail(const char *wanted);

/// Notes in the trace that the exchanges up to `count` are acknowledged: 'A' as durable, 'C' as committed, 'P' as erased.
void test_disk_acknowledge(char kind, long long count);

/// Whether the failure that was asked for has happened since `test_disk_fail`.
int test_disk_has_failed(void);

#endif
