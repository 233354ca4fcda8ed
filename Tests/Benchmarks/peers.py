"""The commands of Tapedeck and of its peers that do the same work."""
import shutil
import subprocess
import sys

from measuring import Command, remove, run

DUCKDB_COLUMNS = ("{'recv_ts_ns': 'BIGINT', 'latency_ns': 'BIGINT', 'protocol': 'VARCHAR', 'request': 'JSON',"
                  " 'response': 'JSON'}")
DUCKDB_IMPORT = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1], config={'threads': 2});"
    "c.execute(\"CREATE TABLE exchanges AS SELECT * FROM read_json(?, format='newline_delimited',"
    f" columns={DUCKDB_COLUMNS}, maximum_object_size=268435456)\", [sys.argv[2]]); c.close()")
DUCKDB_OPEN = "import duckdb, sys; c = duckdb.connect(sys.argv[1], config={'threads': 2}, read_only=True);"
DUCKDB_EXPORT = DUCKDB_OPEN + "c.execute(f\"COPY exchanges TO '{sys.argv[2]}' (FORMAT json)\")"
DUCKDB_READ = (
    DUCKDB_OPEN + "c.execute('SELECT * FROM exchanges WHERE protocol = ? AND recv_ts_ns >= ? AND recv_ts_ns < ?"
    " ORDER BY rowid', [sys.argv[2], int(sys.argv[3]), int(sys.argv[4])]).fetchall()")
ORJSON_IMPORT = """
import orjson, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute('CREATE TABLE exchanges (id INTEGER PRIMARY KEY, recv_ts_ns, latency_ns, protocol, request, response)')
d = orjson.dumps
def rows():
    for line in open(sys.argv[2], 'rb'):
        o = orjson.loads(line)
        yield o['recv_ts_ns'], o['latency_ns'], o['protocol'], d(o['request']), d(o['response'])
c.executemany('INSERT INTO exchanges (recv_ts_ns, latency_ns, protocol, request, response) VALUES (?,?,?,?,?)', rows())
c.execute('CREATE INDEX i ON exchanges (protocol, recv_ts_ns)')
c.commit()
"""
SQLITE3_IMPORT = """.mode ascii
.separator \\001 \\n
CREATE TABLE lines (line TEXT);
.import '{archive}' lines
CREATE TABLE exchanges AS SELECT line ->> 'recv_ts_ns' AS recv_ts_ns, line ->> 'latency_ns' AS latency_ns,
    line ->> 'protocol' AS protocol, line -> 'request' AS request, line -> 'response' AS response FROM lines;
DROP TABLE lines;
CREATE INDEX i ON exchanges (protocol, recv_ts_ns);
"""
SQLITE3_EXPORT = """
SELECT '{"recv_ts_ns":' || recv_ts_ns || ',"latency_ns":' || ifnull(latency_ns, 'null') || ',"protocol":"' || protocol
    || '","request":' || request || ',"response":' || ifnull(response, 'null') || '}' FROM exchanges ORDER BY id
"""


class Peers:
    def __init__(self, tapedeck, limit, scan, python):
        self.tapedeck, self.limit, self.scan, self.python = tapedeck, limit, scan, python
        self.has = {name: subprocess.run([python, "-c", f"import {name}"], stderr=subprocess.DEVNULL).returncode == 0
                    for name in ("duckdb", "orjson", "sqlite_utils")}
        self.has.update({name: shutil.which(name) is not None for name in ("sqlite3", "jq")}, simdjson=bool(scan))
        missing = [name for name, here in self.has.items() if not here]
        if missing:
            print("left out, as they are not installed:", ", ".join(missing), file=sys.stderr)

    def script(self, text, *arguments):
        return [self.python, "-c", text, *arguments]

    def scans(self, archive):
        commands = {"tapedeck check": Command([self.tapedeck, "check", archive])}
        if self.has["simdjson"]:
            commands["simdjson, on demand, no checks of what it skips"] = Command([self.scan, archive])
        if self.has["jq"]:
            commands["jq"] = Command(["jq", "-c", "empty", archive])
        return commands

    def imports(self, target, archive, script):
        def fresh():
            remove(target)

        commands = {
            "tapedeck import": Command([self.tapedeck, "import", target, archive], fresh),
            "C, SQLite alone, one thread, no checks": Command([self.limit, "import", target, archive, "1"], fresh),
            "the same, sixteen rows a statement": Command([self.limit, "import", target, archive, "16"], fresh),
            "cp and fsync": Command(["dd", f"if={archive}", f"of={target}", "bs=1M", "conv=fsync"], fresh),
        }
        if self.has["duckdb"]:
            commands["DuckDB, two threads, no index"] = Command(self.script(DUCKDB_IMPORT, target, archive), fresh)
        if self.has["orjson"]:
            commands["orjson and sqlite3 in Python"] = Command(self.script(ORJSON_IMPORT, target, archive), fresh)
        if self.has["sqlite_utils"]:
            words = [self.python, "-m", "sqlite_utils", "insert", target, "exchanges", archive, "--nl"]
            commands["sqlite-utils"] = Command(words, fresh)
        if self.has["sqlite3"]:
            with open(script, "w") as file:
                file.write(SQLITE3_IMPORT.format(archive=archive))
            commands["sqlite3 command line"] = Command(["sqlite3", target, f".read '{script}'"], fresh)
        return commands

    def later_imports(self, target, archive, seed):
        """Imports into a store that has exchanges already, and so a log."""
        def used():
            remove(target)
            run([self.tapedeck, "import", target, seed])

        return {
            "tapedeck import": Command([self.tapedeck, "import", target, archive], used),
            "C, SQLite alone, sixteen rows a statement": Command([self.limit, "import", target, archive, "16"], used),
        }

    def exports(self, store, duck, output):
        def fresh():
            remove(output)

        commands = {
            "tapedeck export": Command([self.tapedeck, "export", store, output], fresh),
            "C, SQLite alone": Command([self.limit, "export", store, output], fresh),
        }
        if self.has["sqlite3"]:
            commands["sqlite3 command line"] = Command(self.synced(["sqlite3", store, SQLITE3_EXPORT], output), fresh, output)
        if self.has["duckdb"]:
            commands["DuckDB"] = Command(self.synced(self.script(DUCKDB_EXPORT, duck, output), output), fresh)
        return commands

    def synced(self, words, output):
        """A command that leaves its file to the operating system, and then waits for the disk as the others do."""
        return ["sh", "-c", 'output=$1; shift; "$@" && sync "$output"', "sh", output, *words]

    def reads(self, store, duck, archive, counted, protocol, since, until):
        tapedeck = [self.tapedeck, "export", store, "--protocol", protocol, "--since", since, "--until", until]
        commands = {
            "tapedeck export": Command(tapedeck),
            "C, SQLite alone": Command([self.limit, "read", store, protocol, since, until, "1"]),
            "grep for the protocol": Command(["grep", "-cF", f'"protocol":"{protocol}"', archive], output=counted),
        }
        if self.has["duckdb"]:
            commands["DuckDB"] = Command(self.script(DUCKDB_READ, duck, protocol, since, until))
        if self.has["jq"]:
            commands["jq"] = Command(["jq", "-c", "--arg", "protocol", protocol, "select(.protocol == $protocol)", archive])
        return commands

    def duckdb_import(self, duck, archive):
        return self.script(DUCKDB_IMPORT, duck, archive)
