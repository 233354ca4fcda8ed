// What SQLite itself allows: the work of Tapedeck's commands in plain C, with none of its checks. It is the yardstick of
// `compare`, not an example: it trusts its input, takes lines in the reference form alone, and stops at any failure.
//
//     limit import STORE ARCHIVE ROWS            inserts ROWS exchanges to a statement, 1 to 64; through the log where
//                                                the store has one, which is brought in at the end
//     limit export STORE ARCHIVE
//     limit read STORE PROTOCOL SINCE UNTIL TIMES   reads the exchanges into memory; times itself
//     limit append STORE COUNT GROUP full|normal    times itself
//     limit sync FILE COUNT RATE                appends 4 KiB and waits for the disk, COUNT times, RATE a second (0: at once)
//     limit run COMMAND…                        runs a command and prints its seconds and peak memory in KiB
#define _GNU_SOURCE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void stop(const char *what) {
    fprintf(stderr, "limit: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static sqlite3 *open_store(const char *path) {
    sqlite3 *db;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db, flags, NULL)) stop("open");
    return db;
}

static void run(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL)) stop(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL)) stop(sqlite3_errmsg(db));
    return statement;
}

// The schema of Migrations/Exchanges/0001-create-exchanges.sql without its checks.
static const char *schema =
    "PRAGMA page_size=16384; PRAGMA cache_size=-16384;"
    "CREATE TABLE IF NOT EXISTS exchanges (id INTEGER PRIMARY KEY AUTOINCREMENT, recv_ts_ns ANY NOT NULL, latency_ns ANY,"
    " protocol TEXT NOT NULL, request_bytes INTEGER NOT NULL, response_bytes INTEGER, checksum INTEGER, extra TEXT,"
    " request TEXT NOT NULL, response TEXT) STRICT;"
    "CREATE INDEX IF NOT EXISTS exchanges_by_protocol_and_time"
    " ON exchanges (protocol, recv_ts_ns, id, latency_ns, request_bytes, response_bytes);";

static const int most_rows = 64;
static const int columns = 7;

// As Tapedeck does it (BulkInsert), a statement of many rows rolls the whole transaction back when it fails.
static sqlite3_stmt *prepare_insert(sqlite3 *db, int rows) {
    char sql[1024 + 8 * 64 * 7];
    int n = sprintf(sql, "INSERT %s INTO exchanges (recv_ts_ns, latency_ns, protocol, request_bytes, response_bytes,"
                    " request, response) VALUES", rows > 1 ? "OR ROLLBACK" : "");
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            n += sprintf(sql + n, "%s?%d%s", column ? "," : row ? ",(" : " (", row * columns + column + 1,
                         column == columns - 1 ? ")" : "");
    return prepare(db, sql);
}

// One line in the reference form, cut by its member names alone.
struct line {
    sqlite3_int64 received, latency;
    int has_latency;
    const char *protocol, *request, *response;
    int protocol_bytes, request_bytes, response_bytes;
};

static void cut(const char *start, const char *end, struct line *line) {
    char *p;
    line->received = strtoll(start + 14, &p, 10);
    p += 14;
    line->has_latency = *p != 'n';
    if (line->has_latency) line->latency = strtoll(p, &p, 10);
    else p += 4;
    line->protocol = p + 13;
    p = memchr(line->protocol, '"', end - line->protocol);
    line->protocol_bytes = p - line->protocol;
    line->request = p + 12;
    p = memmem(line->request, end - line->request, ",\"response\":", 12);
    if (!p) stop("a line in another form");
    line->request_bytes = p - line->request;
    line->response = p + 12;
    line->response_bytes = end - 1 - line->response;
    if (line->response_bytes == 4 && !memcmp(line->response, "null", 4)) line->response = NULL;
}

static void bind(sqlite3_stmt *s, const struct line *line, int row) {
    int first = row * columns;
    sqlite3_bind_int64(s, first + 1, line->received);
    if (line->has_latency) sqlite3_bind_int64(s, first + 2, line->latency);
    else sqlite3_bind_null(s, first + 2);
    sqlite3_bind_text(s, first + 3, line->protocol, line->protocol_bytes, SQLITE_STATIC);
    sqlite3_bind_int64(s, first + 4, line->request_bytes);
    sqlite3_bind_text(s, first + 6, line->request, line->request_bytes, SQLITE_STATIC);
    if (line->response) {
        sqlite3_bind_int64(s, first + 5, line->response_bytes);
        sqlite3_bind_text(s, first + 7, line->response, line->response_bytes, SQLITE_STATIC);
    } else {
        sqlite3_bind_null(s, first + 5);
        sqlite3_bind_null(s, first + 7);
    }
}

static void insert(sqlite3_stmt *s) {
    if (sqlite3_step(s) != SQLITE_DONE) stop("insert");
    sqlite3_reset(s);
}

static void import_archive(const char *path, const char *archive, int rows) {
    if (rows < 1 || rows > most_rows) stop("rows");
    int file = open(archive, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status)) stop("archive");
    const char *text = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (text == MAP_FAILED) stop("mmap");
    sqlite3 *db = open_store(path);
    run(db, schema);
    // A store that is there already is Tapedeck's own, with checks, and its log is brought in once, at the end.
    run(db, "PRAGMA ignore_check_constraints=ON; PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL; BEGIN IMMEDIATE");
    sqlite3_stmt *many = prepare_insert(db, rows), *one = prepare_insert(db, 1);
    struct line lines[64];
    int count = 0;
    char log_path[4096];
    snprintf(log_path, sizeof log_path, "%s-wal", path);
    int written = open(log_path, O_RDWR);
    if (written < 0) written = open(path, O_RDWR);
    size_t flushed = 0;
    for (const char *p = text, *end = text + status.st_size; p < end;) {
        const char *feed = memchr(p, '\n', end - p);
        cut(p, feed, &lines[count]);
        if (++count == rows) {
            while (count) count--, bind(many, &lines[count], count);
            insert(many);
        }
        p = feed + 1;
        if ((size_t)(p - text) - flushed > 8 << 20) {
            sync_file_range(written, 0, 0, SYNC_FILE_RANGE_WRITE);
            flushed = p - text;
        }
    }
    for (int row = 0; row < count; row++) {
        bind(one, &lines[row], 0);
        insert(one);
    }
    sqlite3_finalize(many);
    sqlite3_finalize(one);
    run(db, "COMMIT");
    if (sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL)) stop("checkpoint");
    sqlite3_close(db);
}

static void export_archive(const char *path, const char *archive) {
    sqlite3 *db = open_store(path);
    run(db, "PRAGMA mmap_size=1099511627776; BEGIN");
    sqlite3_stmt *s = prepare(db, "SELECT recv_ts_ns, latency_ns, protocol, request, response FROM exchanges ORDER BY id");
    int file = open(archive, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) stop("archive");
    size_t capacity = 8 << 20, count = 0;
    char *buffer = malloc(capacity);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *request = (const char *)sqlite3_column_text(s, 3);
        const char *response = (const char *)sqlite3_column_text(s, 4);
        size_t request_bytes = sqlite3_column_bytes(s, 3), response_bytes = sqlite3_column_bytes(s, 4);
        size_t needed = request_bytes + response_bytes + 512;
        if (count + needed > capacity) {
            if (write(file, buffer, count) != (ssize_t)count) stop("write");
            count = 0;
            if (needed > capacity && !(buffer = realloc(buffer, capacity = needed))) stop("memory");
        }
        count += sprintf(buffer + count, "{\"recv_ts_ns\":%lld,\"latency_ns\":", sqlite3_column_int64(s, 0));
        if (sqlite3_column_type(s, 1) == SQLITE_NULL) count += sprintf(buffer + count, "null");
        else count += sprintf(buffer + count, "%lld", sqlite3_column_int64(s, 1));
        count += sprintf(buffer + count, ",\"protocol\":\"%s\",\"request\":", sqlite3_column_text(s, 2));
        memcpy(buffer + count, request, request_bytes);
        count += request_bytes;
        memcpy(buffer + count, ",\"response\":", 12);
        count += 12;
        if (response) memcpy(buffer + count, response, response_bytes);
        else memcpy(buffer + count, "null", response_bytes = 4);
        count += response_bytes;
        memcpy(buffer + count, "}\n", 2);
        count += 2;
    }
    if (write(file, buffer, count) != (ssize_t)count) stop("write");
    if (strcmp(archive, "/dev/null") && fsync(file)) stop("fsync");
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double read_once(char **argument, long *rows) {
    const char *protocol = argument[1], *since = argument[2], *until = argument[3];
    double start = now();
    sqlite3 *db = open_store(argument[0]);
    run(db, "PRAGMA mmap_size=1099511627776");
    run(db, "BEGIN");
    sqlite3_stmt *s = prepare(
        db,
        "WITH ids AS MATERIALIZED (SELECT id FROM exchanges INDEXED BY exchanges_by_protocol_and_time"
        " WHERE protocol = ?1 AND recv_ts_ns >= ?2 AND recv_ts_ns < ?3 ORDER BY id)"
        " SELECT e.id, e.recv_ts_ns, e.latency_ns, e.protocol, e.request, e.response"
        " FROM ids CROSS JOIN exchanges e ON e.id = ids.id");
    sqlite3_bind_text(s, 1, protocol, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, strtoll(since, NULL, 10));
    sqlite3_bind_int64(s, 3, strtoll(until, NULL, 10));
    *rows = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        ++*rows;
        for (int column = 4; column < 6; column++) {
            int count = sqlite3_column_bytes(s, column);
            char *copy = malloc(count + 1);
            if (count) memcpy(copy, sqlite3_column_text(s, column), count);
            free(copy);
        }
    }
    sqlite3_finalize(s);
    run(db, "COMMIT");
    sqlite3_close(db);
    return now() - start;
}

static void read_some(char **argument) {
    long rows = 0, times = atol(argument[4]);
    double *seconds = malloc(times * sizeof *seconds);
    for (long i = 0; i < times; i++) seconds[i] = read_once(argument, &rows);
    // The first is for the caches.
    if (times > 1) qsort(++seconds, --times, sizeof *seconds, compare_doubles);
    printf("%ld rows %.6f s\n", rows, seconds[times / 2]);
}

static void append(const char *path, long count, long group, const char *durability) {
    sqlite3 *db = open_store(path);
    run(db, schema);
    run(db, "PRAGMA journal_mode=WAL");
    run(db, strcmp(durability, "full") ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL");
    char text[4096];
    memset(text, 'x', sizeof text);
    text[0] = text[sizeof text - 1] = '"';
    struct line line = {1718000000000000000, 123456, 1, "openai.chat", text, text, 11, 2048, 4096};
    sqlite3_stmt *s = prepare_insert(db, 1);
    double start = now();
    for (long i = 0; i < count; i++) {
        if (i % group == 0) run(db, "BEGIN IMMEDIATE");
        bind(s, &line, 0);
        insert(s);
        line.received++;
        if (i % group == group - 1 || i == count - 1) run(db, "COMMIT");
    }
    printf("%.6f s\n", now() - start);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static void sync_file(const char *path, long count, long rate) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    char page[4096] = {0};
    double *times = malloc(count * sizeof *times);
    double begin = now();
    for (long i = 0; i < count; i++) {
        double rest = rate ? begin + (double)i / rate - now() : 0;
        if (rest > 0) usleep(rest * 1e6);
        double start = now();
        if (write(file, page, sizeof page) != sizeof page || fdatasync(file)) stop("sync");
        times[i] = now() - start;
    }
    qsort(times, count, sizeof *times, compare_doubles);
    printf("p50 %.0f us p99.9 %.0f us\n", times[count / 2] * 1e6, times[count * 999 / 1000] * 1e6);
}

// A child's peak memory counts from that of the program that forked it, hence a small one.
static void run_command(char **command) {
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(command[0], command);
        stop("exec");
    }
    int status;
    struct rusage usage;
    wait4(child, &status, 0, &usage);
    fprintf(stderr, "\n%.6f %ld\n", now() - start, usage.ru_maxrss);
    exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

int main(int argc, char **argv) {
    if (argc == 5 && !strcmp(argv[1], "import")) import_archive(argv[2], argv[3], atoi(argv[4]));
    else if (argc == 4 && !strcmp(argv[1], "export")) export_archive(argv[2], argv[3]);
    else if (argc == 7 && !strcmp(argv[1], "read")) read_some(argv + 2);
    else if (argc == 6 && !strcmp(argv[1], "append")) append(argv[2], atol(argv[3]), atol(argv[4]), argv[5]);
    else if (argc == 5 && !strcmp(argv[1], "sync")) sync_file(argv[2], atol(argv[3]), atol(argv[4]));
    else if (argc > 2 && !strcmp(argv[1], "run")) run_command(argv + 2);
    else stop("usage: see the head of limit.c");
}
