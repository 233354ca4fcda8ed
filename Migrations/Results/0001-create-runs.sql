-- One row per run: one call of `tapedeck replay`, resumed or not.
CREATE TABLE runs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    started_ns  INTEGER NOT NULL,  -- since 1970-01-01 00:00:00 UTC
    finished_ns INTEGER,           -- null until every exchange had its result
    store       TEXT    NOT NULL,  -- the path of the store that was replayed
    target      TEXT    NOT NULL,  -- the address of the build that is judged
    baseline    TEXT,              -- the address of the build that it is judged by; null for the recorded responses
    settings    TEXT    NOT NULL   -- JSON object: what decides which requests are sent, and how
) STRICT;

-- One row per answer. Payloads come last: whatever reads only the small columns never touches their pages.
CREATE TABLE results (
    id             INTEGER PRIMARY KEY,
    run_id         INTEGER NOT NULL REFERENCES runs (id),
    lane           INTEGER NOT NULL CHECK (lane BETWEEN 0 AND 2),  -- 0 candidate, 1 baseline, 2 the baseline again
    loop           INTEGER NOT NULL,  -- how many times the store was replayed before
    exchange_id    INTEGER NOT NULL,  -- the id in the store
    request_digest INTEGER NOT NULL,  -- hash of the stored request, so that another store is not taken for this one
    protocol       TEXT    NOT NULL,
    due_ns         INTEGER NOT NULL,  -- when it was to be sent, from the start of the sending
    sent_ns        INTEGER NOT NULL,  -- when it was sent, likewise
    latency_ns     INTEGER NOT NULL,  -- from the sending until the answer was whole or had failed
    status         INTEGER,           -- null where no answer began
    failure        TEXT,              -- refused, timed_out, cut or invalid; null for a whole answer
    http           TEXT,              -- JSON object with framing, event_names, event_ns and done, as captures have it
    response_bytes INTEGER,
    response       TEXT               -- JSON text, for a stream the array of its events' data; null where none came
) STRICT;

-- No exchange has two results of one kind, and a resumed run finds what it has.
CREATE UNIQUE INDEX results_by_exchange ON results (run_id, loop, exchange_id, lane);
