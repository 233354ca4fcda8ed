"""Power loss: every state in which the disk may be left is opened.

The workload runs over a file layer that writes down each operation. From that the files are made as they may be on the
disk at some moment: of what was not synchronized any part is missing, in any order, each write torn at sectors; and of the
creations and deletions of files any number of the last ones. A disk that only says that it synchronized is the control: if
it passes, this test sees nothing.
"""

import os
import struct

from harness import fresh, run
from works import Work

SECTOR = 512
# A copy gets its place by a renaming, which no file layer of SQLite sees.
WORKLOADS = (
    "write-full",
    "write-normal",
    "record",
    "import",
    "import live",
    "write-full live",
    "prune",
    "erase",
    "erase rollback",
    "merge",
    "repair",
)
COUNT = 30


class Disk:
    """What is on a disk for certain, and what may be."""

    def __init__(self, files, lies):
        self.contents = [bytearray(content) for content in files.values()]
        self.pending = [[] for _ in files]
        self.names = {name: number for number, name in enumerate(files)}
        self.certain = dict(self.names)
        self.folder_changes = []
        self.lies = lies

    def apply(self, kind, name, offset, data):
        if kind == "D":
            self.names.pop(name, None)
            self.folder_changes.append((name, None))
            if offset and not self.lies:
                self.synchronize_folder()
            return
        if name not in self.names:
            self.names[name] = len(self.contents)
            self.contents.append(bytearray())
            self.pending.append([])
            self.folder_changes.append((name, self.names[name]))
        number = self.names[name]
        if kind == "S" and not self.lies:
            for change in self.pending[number]:
                change_content(self.contents[number], change)
            self.pending[number] = []
            if offset:
                self.synchronize_folder()
        elif kind == "W":
            self.pending[number].append((offset, data))
        elif kind == "T":
            self.pending[number].append((offset, None))

    def synchronize_folder(self):
        self.certain = change_names(self.certain, self.folder_changes)
        self.folder_changes = []

    def left(self, random):
        """One state in which it may be left: names and contents."""
        kept = random.choice((0, len(self.folder_changes), random.randint(0, len(self.folder_changes))))
        how = random.choice(("none", "all", "some", "torn", "first"))
        files = {}
        for name, number in change_names(self.certain, self.folder_changes[:kept]).items():
            content = bytearray(self.contents[number])
            for change in choose(self.pending[number], how, random):
                change_content(content, change)
            files[name] = content
        return files


def change_names(names, changes):
    names = dict(names)
    for name, number in changes:
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number
    return names


def change_content(content, change):
    offset, data = change
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def choose(pending, how, random):
    if how == "all":
        return pending
    if how == "none":
        return []
    if how == "first":
        return pending[: random.randint(0, len(pending))]
    some = [change for change in pending if random.random() < 0.5]
    if how == "some":
        return some
    return [part for change in pending for part in torn(change, random)]


def torn(change, random):
    offset, data = change
    if data is None:
        return [change] if random.random() < 0.5 else []
    share = random.choice((0, 0.5, 0.9, 1))
    parts, start = [], 0
    while start < len(data):
        end = min(len(data), start + SECTOR - (offset + start) % SECTOR)
        if random.random() < share:
            parts.append((offset + start, data[start:end]))
        start = end
    return parts


def records(path):
    with open(path, "rb") as file:
        while head := file.read(17):
            kind, name_length, offset, length = struct.unpack("<cIqI", head)
            yield kind.decode(), file.read(name_length).decode(), offset, file.read(length)


def test(setting):
    figures = []
    most = 0
    for name in WORKLOADS:
        work = Work(setting, name, COUNT)
        trace = Trace(setting, work)
        states, faults, lost = trace.look(lies=False, count=setting.count(2000))
        setting.runs += states
        if name == "write-normal":
            most = lost
        for fault in faults:
            setting.fail(f"{name}: {fault}")
        _, faults, _ = trace.look(lies=True, count=max(60, setting.count(300)))
        figures.append(f"{name} {len(faults)}")
        if not faults:
            setting.fail(f"{name}: a disk that lies was not found out")
    return f"with NORMAL at most {most} commits lost; faults found on a disk that lies: {', '.join(figures)}"


def contents(folder):
    files = {}
    for entry in os.scandir(folder):
        with open(entry.path, "rb") as file:
            files[entry.path] = file.read()
    return files


class Trace:
    """What a workload did to the files of its store, from what was there before."""

    def __init__(self, setting, work):
        self.setting, self.work = setting, work
        self.folder = os.path.join(setting.folder, "traced")
        store = work.begin(self.folder)
        self.before = contents(self.folder)
        path = os.path.join(setting.folder, "trace")
        if os.path.exists(path):
            os.remove(path)
        settings = {} if work.has_log else {"TAPEDECK_NO_LOG": "1"}
        status, _, error = run(work.command(store), TAPEDECK_TRACE=path, **settings)
        if status != 0:
            raise SystemExit(f"{work.name} ended with {status}: {error}")
        self.records = list(records(path))

    def look(self, lies, count):
        """Opens `count` states, at moments spread over the trace. Returns their number, the faults, and the most commits lost."""
        random, length = self.setting.random, len(self.records)
        disk = Disk(self.before, lies)
        moments = {}
        for number in range(count):
            # Each state at a moment of its own as far as they go round, the others anywhere; the end among them.
            moment = number * length // count if number % 2 else random.randint(0, length)
            moments[moment] = moments.get(moment, 0) + 1
        # What was acknowledged last is looked at in more than one.
        moments[length] = moments.get(length, 0) + max(1, count // 10)
        seen, committed = 0, self.work.first
        faults, most, states = [], 0, 0
        for moment in range(length + 1):
            for _ in range(moments.get(moment, 0)):
                states += 1
                fault, found = self.open(disk.left(random), seen)
                most = max(most, committed - found)
                if fault:
                    faults.append(f"after operation {moment} of {length}: {fault}")
            if moment < length:
                kind, name, offset, data = self.records[moment]
                if kind in "AP":
                    seen = committed = max(seen, offset)
                elif kind == "C":
                    committed = max(committed, offset)
                elif os.path.dirname(name) == self.folder:
                    disk.apply(kind, name, offset, data)
        return states, faults, most

    def open(self, files, seen):
        folder = os.path.join(self.setting.folder, "left")
        store = fresh(folder)
        for name, content in files.items():
            with open(os.path.join(folder, os.path.basename(name)), "wb") as file:
                file.write(content)
        return self.work.fault(store, seen)
