// Swift cannot call C's variadic functions, and sees no macro that casts. The few that we need stand here as
// inline functions, each with the one signature it is called with.
#ifndef TAPEDECK_SQLITE_SHIM_H
#define TAPEDECK_SQLITE_SHIM_H

#include <sqlite3.h>

/// `sqlite3_db_config` for the options that take a switch and report its new state.
static inline int tapedeck_sqlite3_db_config_switch(sqlite3 *db, int option, int on, int *state) {
    return sqlite3_db_config(db, option, on, state);
}

/// Binds text that stays where it is until the binding is replaced or cleared.
static inline int tapedeck_sqlite3_bind_static_text(sqlite3_stmt *statement, int index, const void *bytes,
                                                    sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, (const char *)bytes, count, SQLITE_STATIC, SQLITE_UTF8);
}

/// Binds text that SQLite copies before the call returns.
static inline int tapedeck_sqlite3_bind_copied_text(sqlite3_stmt *statement, int index, const void *bytes,
                                                    sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, (const char *)bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a blob that SQLite copies before the call returns.
static inline int tapedeck_sqlite3_bind_copied_blob(sqlite3_stmt *statement, int index, const void *bytes,
                                                    sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

#endif
