#ifndef TEST_DISK_H
#define TEST_DISK_H

/// Puts the test disk between SQLite and its files, as the default file layer. To be called before SQLite is used.
///
/// TAPEDECK_TRACE=FILE appends what is done to each file to FILE, for the test of power loss.
/// TAPEDECK_FAIL=KIND:N:once|forever lets the Nth operation of KIND fail, counted from 1, and all after it with
/// `forever`. KIND is write, sync, read, truncate, shm, open, delete or memory.
/// Returns 0, or 1 when one of them makes no sense.
int test_disk_install(void);

/// Notes in the trace that the exchanges up to `count` are acknowledged: 'A' as durable, 'C' as committed.
void test_disk_acknowledge(char kind, long long count);

/// Whether the failure that was asked for has happened.
int test_disk_has_failed(void);

#endif
