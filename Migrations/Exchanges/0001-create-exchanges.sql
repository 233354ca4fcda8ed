-- One row per recorded exchange. Columns bear the names of the line format's members, so that the file explains
-- itself to any SQLite tool. Payloads come last: whatever reads only the small columns never touches their pages.
CREATE TABLE exchanges (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,  -- insertion order, never reused
    recv_ts_ns     ANY     NOT NULL                    -- u128: INTEGER up to 2^63-1, above that 16 bytes, big-endian
                   CHECK (CASE typeof(recv_ts_ns) WHEN 'integer' THEN recv_ts_ns >= 0
                                                  WHEN 'blob' THEN length(recv_ts_ns) = 16 ELSE 0 END),
    latency_ns     ANY                                 -- u64: likewise, with 8 bytes; null when never completed
                   CHECK (CASE typeof(latency_ns) WHEN 'integer' THEN latency_ns >= 0
                                                  WHEN 'blob' THEN length(latency_ns) = 8
                                                  WHEN 'null' THEN 1 ELSE 0 END),
    protocol       TEXT    NOT NULL,
    request_bytes  INTEGER NOT NULL CHECK (request_bytes >= 0),
    response_bytes INTEGER CHECK (response_bytes >= 0), -- null for an open exchange
    checksum       INTEGER,                            -- CRC-32C over the row's content; null where none was computed
    extra          TEXT,                               -- JSON object of the members beyond the five
    request        TEXT    NOT NULL,                   -- JSON text
    response       TEXT                                -- JSON text; null for an open exchange
) STRICT;

-- SQLite orders every INTEGER before every BLOB, so this one index orders all timestamps of a protocol. It covers
-- what `stats` and the filters ask of a row, so that neither reads the table; `id` stands before that, so that equal
-- times come in insertion order.
CREATE INDEX exchanges_by_protocol_and_time
    ON exchanges (protocol, recv_ts_ns, id, latency_ns, request_bytes, response_bytes);
