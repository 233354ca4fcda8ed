"""8 writers and 8 readers in 3 processes: no error, every acknowledged exchange there once, and none seen out of order."""

import os
import subprocess

from harness import WORKLOAD, corruption, fresh, must

PROCESSES = ((0, 3, 3), (3, 6, 3), (6, 8, 2))
INDICES_OF_WRITER = 1_000_000


def test(setting):
    seconds = max(4, setting.count(60))
    store = fresh(os.path.join(setting.folder, "many"))
    # Made before, as it is in use: a store with nothing in it.
    must(["write", store, "0", "0", "full"])
    processes = [
        subprocess.Popen(
            [WORKLOAD, "many", store, *map(str, numbers), str(seconds)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        for numbers in PROCESSES
    ]
    written, reads = {}, 0
    for process in processes:
        for line in process.communicate()[0].splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "W":
                writer, count = map(int, rest.split())
                written[writer] = count
            elif kind == "R":
                reads += int(rest)
            else:
                setting.fail(line)
        if process.returncode != 0:
            setting.fail(f"a process ended with {process.returncode}")
    setting.runs = 1
    error, wrong, indices = setting.checker.contents(store)
    if error or wrong:
        setting.fail(error or f"{wrong} with another content")
    expected = {writer * INDICES_OF_WRITER + number for writer, count in written.items() for number in range(count)}
    if len(indices) != len(set(indices)):
        setting.fail("some are there twice")
    if missing := expected - set(indices):
        setting.fail(f"{len(missing)} are missing")
    # A writer that failed acknowledged nothing here, but is a fault of its own.
    if set(indices) - expected:
        setting.fail("some are there that nobody was told of")
    if fault := corruption(store):
        setting.fail(fault)
    if len(written) != 8 or min(written.values()) == 0 or reads == 0:
        setting.fail("some writer or all readers did nothing")
    return f"{len(indices)} written, the store read {reads} times, in {seconds} s"
