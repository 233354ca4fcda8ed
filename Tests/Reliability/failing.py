"""The Nth read, write, synchronization, allocation and so on fails: an error, no crash, no damage, and then it works."""

import os

from harness import arguments, fresh

KINDS = ("write", "sync", "read", "truncate", "shm", "open", "delete", "memory")
WORKLOADS = ("write-full", "record", "import", "import live", "read")
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


def one(setting, workload, failure):
    is_live = workload in ("import live", "read")
    store = fresh(os.path.join(setting.folder, "failing"), setting.live if is_live else None)
    first = setting.live_count if is_live else 0
    is_import = workload.startswith("import")
    count = setting.import_count if is_import else COUNT
    archive = setting.later if is_live else setting.archive
    command = arguments(workload.split(" ")[0], store, first, count, archive)
    status, seen, error = setting.server.run(command, failure)
    what = f"{workload}, {failure}"
    if status not in (0, 2, 4):
        setting.fail(f"{what}: ended with {status}: {error[-200:]}")
    fault, found = setting.checker.fault(store, max(first, seen), (first, first + count) if is_import else None)
    if fault:
        setting.fail(f"{what}: {fault}")
        return status
    if workload == "read":
        again = command
    elif is_import and found == first:
        again = command
    else:
        again = arguments("write-full", store, found, 1, None)
    later, _, error = setting.server.run(again)
    if later != 0:
        setting.fail(f"{what}: the next attempt ended with {later}: {error[-200:]}")
    return status
