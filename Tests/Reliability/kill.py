"""kill -9 at random points: nothing acknowledged may be lost, twice there, or damaged."""

import os
import signal
import subprocess
import time

from harness import WORKLOAD, acknowledged, arguments, fresh

IMPORT_COUNT = 4000


def test(setting):
    archive = os.path.join(setting.folder, "long.jsonl")
    setting.make_archive(archive, 0, IMPORT_COUNT)
    killed = kept = total = 0
    for number in range(setting.count(1000)):
        workload = ("record", "write-full", "import", "record")[number % 4]
        store = fresh(os.path.join(setting.folder, "kill"))
        count = IMPORT_COUNT if workload == "import" else 100_000
        acknowledgements = 0 if workload == "import" else setting.random.randrange(60)
        # From before the file is there to a little after a commit; an import of this length takes some tenths of a second.
        delay = setting.random.uniform(0, 0.5 if workload == "import" else 0.02)
        status, seen = end(arguments(workload, store, 0, count, archive), acknowledgements, delay)
        killed += status == -signal.SIGKILL
        if status not in (0, -signal.SIGKILL):
            setting.fail(f"{workload}: ended by itself with {status}")
        wholes = (0, count) if workload == "import" else None
        fault, found = setting.checker.fault(store, seen, wholes)
        setting.runs += 1
        kept += found
        total += seen
        if fault:
            setting.fail(f"{workload}, run {number}, after {seen}: {fault}")
    if killed * 2 < setting.runs:
        setting.fail(f"only {killed} of {setting.runs} were killed before they were done")
    return f"{killed} killed, {total} acknowledged, {kept} there"


def end(command, acknowledgements, delay):
    """Kills a workload so many acknowledgements and seconds after its start; returns its status and what it acknowledged."""
    process = subprocess.Popen([WORKLOAD, *command], stdout=subprocess.PIPE, text=True)
    lines = []
    for _ in range(acknowledgements):
        line = process.stdout.readline()
        if not line:
            break
        lines.append(line)
    time.sleep(delay)
    process.kill()
    rest = process.stdout.read()
    # A line that was cut off acknowledges nothing.
    lines += rest[: rest.rfind("\n") + 1].splitlines()
    process.wait()
    return process.returncode, acknowledged(lines)
