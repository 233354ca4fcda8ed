"""The Nth read, write, synchronization, allocation and so on fails: an error, no crash, no damage, and then it works."""

import os

from harness import arguments
from works import Work

KINDS = ("write", "sync", "read", "truncate", "shm", "open", "delete", "memory")
WORKLOADS = ("write-full", "record", "import", "import live", "read", "prune", "erase", "copy", "merge", "repair")
COUNT = 12


def test(setting):
    tolerated = reported = 0
    reached = dict.fromkeys(KINDS, 0)
    for workload in WORKLOADS:
        for kind in KINDS:
            for how in ("once", "forever"):
                at = 1
                while True:
                    status = one(setting, workload, f"{kind}:{at}:{how}")
                    if status == 0:
                        break
                    setting.runs += 1
                    reached[kind] += 1
                    tolerated += status == 4
                    reported += status == 2
                    # A full run lets each one fail; a small one leaves out more and more.
                    at += 1 if setting.share >= 1 else 1 + setting.random.randrange(max(2, at * 2))
    for kind in ("write", "sync", "read", "shm", "open", "memory"):
        if reached[kind] == 0:
            setting.fail(f"no {kind} ever failed")
    return f"{reported} reported, {tolerated} got over"


def one(setting, name, failure):
    work = Work(setting, name, COUNT)
    store = work.begin(os.path.join(setting.folder, "failing"))
    command = work.command(store)
    status, seen, error = setting.server.run(command, failure)
    what = f"{name}, {failure}"
    if status not in (0, 2, 4):
        setting.fail(f"{what}: ended with {status}: {error[-200:]}")
    fault, found = work.fault(store, seen)
    if fault:
        setting.fail(f"{what}: {fault}")
        return status
    again = command if work.can_be_repeated(found) else arguments("write-full", store, found, 1, None)
    later, seen, error = setting.server.run(again)
    if later != 0:
        setting.fail(f"{what}: the next attempt ended with {later}: {error[-200:]}")
    elif again is command and (fault := work.fault(store, seen)[0]):
        setting.fail(f"{what}: after the next attempt: {fault}")
    return status
