"""The disk is full, or a file may not grow: the process lives, drops are counted, and it goes on when there is space again."""

import os
import resource
import signal
import subprocess

from harness import WORKLOAD, arguments, corruption, fresh, run

IMPORT_COUNT = 2000
RECORD_COUNT = 500
DISK_BYTES = 16 << 20


class FileLimit:
    """No file of the process may grow past a limit (RLIMIT_FSIZE), with the signal for that ignored."""

    def __init__(self, setting):
        self.folder = os.path.join(setting.folder, "limited")
        self.limit = None

    def prepare(self):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.limit, resource.RLIM_INFINITY))

    def tighten(self, byte_count):
        self.limit = byte_count

    def relieve(self, process):
        self.limit = resource.RLIM_INFINITY
        if process:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (self.limit, self.limit))

    def close(self):
        pass


class SmallDisk:
    """A file system in memory of 16 MiB, whose space another file takes and gives back."""

    prepare = None

    def __init__(self, setting):
        self.mount = os.path.join(setting.folder, "disk")
        os.makedirs(self.mount)
        self.folder = os.path.join(self.mount, "stores")
        self.filler = os.path.join(self.mount, "filler")
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", self.mount]
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except FileNotFoundError as error:
            raise OSError("there is no mount") from error
        if done.returncode != 0:
            raise OSError(done.stderr.strip())

    def tighten(self, byte_count):
        with open(self.filler, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, DISK_BYTES - 65536 - byte_count)

    def relieve(self, process):
        os.remove(self.filler)

    def close(self):
        subprocess.run(["umount", self.mount], check=True)


def test(setting):
    archive = os.path.join(setting.folder, "space.jsonl")
    setting.make_archive(archive, 0, IMPORT_COUNT)
    figures = []
    for kind in (FileLimit, SmallDisk):
        try:
            limit = kind(setting)
        except OSError as error:
            figures.append(f"SKIPPED the full disk: {error}")
            continue
        try:
            dropped = sum(capture(setting, limit) for _ in range(setting.count(50)))
            refused = sum(load(setting, limit, archive) for _ in range(max(4, setting.count(50))))
        finally:
            limit.close()
        # In a single run SQLite may find space again in its own log.
        if not dropped or not refused:
            setting.fail(f"{kind.__name__}: {dropped} dropped and {refused} imports refused, so nothing was tested")
        figures.append(f"{kind.__name__}: {dropped} dropped, {refused} imports refused")
    return "; ".join(figures)


def capture(setting, limit):
    """Returns how many exchanges were dropped."""
    store = fresh(limit.folder)
    limit.tighten(setting.random.randrange(300_000, 1_200_000))
    process = subprocess.Popen(
        [WORKLOAD, "capture", store, "0", str(RECORD_COUNT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit.prepare,
    )
    setting.runs += 1
    said = process.stdout.readline()
    limit.relieve(process)
    rest, error = process.communicate("\n", timeout=60)
    counts = rest.removeprefix("T ").split()
    if said != "full\n" or process.returncode != 0 or len(counts) != 5:
        setting.fail(f"capture: ended with {process.returncode}: {error[-200:]}")
        return 0
    before, given, recorded, committed, dropped = map(int, counts)
    error, wrong, indices = setting.checker.contents(store)
    if given != recorded or recorded != committed + dropped:
        setting.fail(f"capture: {given} given, {recorded} recorded, {committed} committed, {dropped} dropped")
    if error or wrong or len(indices) != committed or indices != sorted(set(indices)):
        setting.fail(f"capture: {error or wrong} wrong, {len(indices)} there, {committed} committed")
    if not indices or indices[-1] < before:
        setting.fail("capture: it did not go on when there was space again")
    if fault := corruption(store):
        setting.fail(f"capture: {fault}")
    return dropped


def load(setting, limit, archive):
    """Returns whether an import was refused."""
    store = fresh(limit.folder)
    limit.tighten(setting.random.randrange(1_600_000))
    command = arguments("import", store, 0, IMPORT_COUNT, archive)
    status, _, error = run(command, limit.prepare)
    setting.runs += 1
    limit.relieve(None)
    if status not in (0, 2):
        setting.fail(f"import: ended with {status}: {error[-200:]}")
    fault, found = setting.checker.fault(store, IMPORT_COUNT if status == 0 else 0, (0, IMPORT_COUNT))
    if fault:
        setting.fail(f"import: {fault}")
    elif found == 0:
        status_later, _, error = run(command)
        fault, found = setting.checker.fault(store, IMPORT_COUNT, (IMPORT_COUNT,))
        if status_later != 0 or fault:
            setting.fail(f"the next import: ended with {status_later}: {fault or error[-200:]}")
    return status == 2
