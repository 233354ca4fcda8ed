"""The Nth read, write, synchronization, allocation and so on fails: an error, no crash, no damage, and then it works."""

import concurrent.futures
import itertools
import os
import random

from harness import Checker, arguments, fresh, run

KINDS = ("write", "sync", "read", "truncate", "shm", "open", "delete", "memory")
WORKLOADS = ("write-full", "record", "import", "import live", "read")
COUNT = 12


def test(setting):
    cases = list(itertools.product(WORKLOADS, KINDS, ("once", "forever")))
    seeds = [setting.random.random() for _ in cases]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = list(pool.map(lambda case, seed: Case(setting, *case, random.Random(seed)).run(), cases, seeds))
    setting.runs += sum(sum(each) for each in counts)
    for kind in KINDS:
        if kind not in ("truncate", "delete") and not any(
            sum(each) for case, each in zip(cases, counts) if case[1] == kind
        ):
            setting.fail(f"no {kind} ever failed")
    return f"{sum(reported for reported, _ in counts)} reported, {sum(tolerated for _, tolerated in counts)} got over"


class Case:
    """A workload of which each call of a kind fails in turn."""

    def __init__(self, setting, workload, kind, how, random):
        self.setting, self.workload, self.kind, self.how, self.random = setting, workload, kind, how, random
        self.folder = os.path.join(setting.folder, f"{workload} {kind} {how}")

    def run(self):
        """Goes on until nothing failed, or something was wrong. Returns how many failures were reported, and how many got over."""
        reported = tolerated = 0
        at = 1
        self.checker = Checker()
        try:
            while (status := self.one(f"{self.kind}:{at}:{self.how}")) in (2, 4):
                reported += status == 2
                tolerated += status == 4
                # A full run lets each one fail; a small one leaves out more and more.
                at += 1 if self.setting.share >= 1 else 1 + self.random.randrange(max(2, at * 2))
        finally:
            self.checker.close()
        return reported, tolerated

    def one(self, failure):
        """Lets a call fail. Returns the exit status: 0 where there was no such call."""
        setting, workload = self.setting, self.workload
        is_live = workload in ("import live", "read")
        store = fresh(self.folder, setting.live if is_live else None)
        first = setting.live_count if is_live else 0
        is_import = workload.startswith("import")
        count = setting.import_count if is_import else COUNT
        archive = setting.later if is_live else setting.archive
        command = arguments(workload.split(" ")[0], store, first, count, archive)
        status, seen, error = run(command, TAPEDECK_FAIL=failure)
        what = f"{workload}, {failure}"
        if status not in (0, 2, 4):
            setting.fail(f"{what}: ended with {status}: {error[-200:]}")
        fault, found = self.checker.fault(store, max(first, seen), (first, first + count) if is_import else None)
        if fault:
            setting.fail(f"{what}: {fault}")
            return status
        if workload == "read":
            again = command
        elif is_import and found == first:
            again = command
        else:
            again = arguments("write-full", store, found, 1, None)
        later, _, error = run(again)
        if later != 0:
            setting.fail(f"{what}: the next attempt ended with {later}: {error[-200:]}")
        return status
