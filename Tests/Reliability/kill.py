"""kill -9 at random points: nothing acknowledged may be lost, twice there, or damaged."""

import os
import signal
import subprocess
import time

from harness import WORKLOAD, acknowledged, arguments, fresh, must

IMPORT_COUNT = 4000
WORKLOADS = ("record", "write-full", "import", "prune", "record", "backup", "write-full", "import", "merge")


def test(setting):
    stores = Stores(setting)
    killed = kept = total = 0
    for number in range(setting.count(1000)):
        workload = WORKLOADS[number % len(WORKLOADS)]
        command, delay = stores.prepare(workload)
        acknowledgements = setting.random.randrange(60) if workload in ("record", "write-full") else 0
        status, seen = end(command, acknowledgements, delay)
        killed += status == -signal.SIGKILL
        if status not in (0, -signal.SIGKILL):
            setting.fail(f"{workload}: ended by itself with {status}")
        fault, found = stores.fault(workload, seen)
        setting.runs += 1
        kept += found
        total += seen if workload != "prune" else 0
        if fault:
            setting.fail(f"{workload}, run {number}, after {seen}: {fault}")
    if killed * 2 < setting.runs:
        setting.fail(f"only {killed} of {setting.runs} were killed before they were done")
    reached = ", ".join(f"{count} {what}" for what, count in stores.reached.items())
    return f"{killed} killed, {total} acknowledged, {kept} there; {reached}"


class Stores:
    """What the workloads begin with, and what must be left of it."""

    def __init__(self, setting):
        self.setting = setting
        self.store = os.path.join(setting.folder, "kill", "x.tapedeck")
        self.copy = os.path.join(setting.folder, "kill", "copy.tapedeck")
        self.archive = os.path.join(setting.folder, "long.jsonl")
        setting.make_archive(self.archive, 0, IMPORT_COUNT)
        self.full = os.path.join(setting.folder, "full")
        must(["import", fresh(self.full), "0", str(IMPORT_COUNT), self.archive])
        # What is merged follows what the live store holds.
        later = os.path.join(setting.folder, "long-later.jsonl")
        setting.make_archive(later, setting.live_count, IMPORT_COUNT)
        self.source = fresh(os.path.join(setting.folder, "long-source"))
        must(["import", self.source, "0", str(IMPORT_COUNT), later])
        self.cut = 0
        self.reached = dict.fromkeys(("pruned in part", "pruned wholly", "copies", "merged"), 0)
        # How long each takes when it is left alone, in seconds.
        self.spans = {workload: self.span(workload) for workload in ("import", "prune", "backup", "merge")}

    def span(self, workload):
        command, _ = self.prepare(workload, is_measured=True)
        start = time.monotonic()
        process = subprocess.Popen([WORKLOAD, *command], stdout=subprocess.PIPE, text=True)
        # A backup writes on for ever when it is done, and says so.
        while (line := process.stdout.readline()) and line != "B\n":
            pass
        span = time.monotonic() - start
        process.kill()
        process.communicate()
        return span

    def prepare(self, workload, is_measured=False):
        """The command of a workload, on fresh stores, and how long to wait before it is killed."""
        template = {"prune": self.full, "backup": self.full, "merge": self.setting.live}.get(workload)
        fresh(os.path.dirname(self.store), template)
        # From before the file is there to a little after a commit, or to the end.
        delay = self.setting.random.uniform(0, 0.02 if is_measured else self.spans.get(workload, 0.02))
        if workload == "prune":
            self.cut = self.setting.random.randrange(1, IMPORT_COUNT)
            how = self.setting.random.choice(("keep", "erase"))
            return ["prune", self.store, str(self.cut), how], delay
        if workload == "backup":
            return ["backup", self.store, str(IMPORT_COUNT), self.copy], delay
        if workload == "merge":
            return ["merge", self.store, str(self.setting.live_count), self.source], delay
        count = IMPORT_COUNT if workload == "import" else 100_000
        return arguments(workload, self.store, 0, count, self.archive), delay

    def fault(self, workload, seen):
        """What is wrong with what is left, or None; and how many exchanges are left."""
        checker = self.setting.checker
        if workload == "prune":
            fault, found = checker.fault_of_pruned(self.store, IMPORT_COUNT, self.cut, is_done=seen > 0)
            self.reached["pruned wholly"] += found == IMPORT_COUNT - self.cut
            self.reached["pruned in part"] += IMPORT_COUNT - self.cut < found < IMPORT_COUNT
            return fault, found
        if workload == "merge":
            wholes = (self.setting.live_count, self.setting.live_count + IMPORT_COUNT)
            fault, found = checker.fault(self.store, max(seen, wholes[0]), wholes)
            self.reached["merged"] += found == wholes[1]
            return fault, found
        if workload == "import":
            return checker.fault(self.store, seen, (0, IMPORT_COUNT))
        fault, found = checker.fault(self.store, max(seen, IMPORT_COUNT if workload == "backup" else 0))
        if not fault and workload == "backup" and os.path.exists(self.copy):
            self.reached["copies"] += 1
            fault, _ = checker.fault(self.copy, IMPORT_COUNT)
            fault = fault and f"the copy: {fault}"
        return fault, found


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
