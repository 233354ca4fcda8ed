"""What a workload begins with, what it is asked to do, and what must be left of it: for tests that let something fail."""

import os
import shutil
import sqlite3

from harness import OLDER_COUNT, arguments, fresh

CUT = 12


class Work:
    """A workload by its name, such as `import live`; `live` is a store with exchanges, `rollback` one without a log, too."""

    def __init__(self, setting, name, count):
        self.setting, self.name = setting, name
        self.kind, _, state = name.partition(" ")
        is_empty = not state and self.kind in ("write-full", "write-normal", "record", "import")
        self.has_log = state != "rollback"
        self.first = 0 if is_empty else setting.live_count
        self.count = setting.import_count if self.kind in ("import", "merge") else count
        self.template = None if is_empty else setting.uncovered if self.kind == "repair" else setting.live
        self.wholes = None
        if self.kind in ("import", "merge"):
            self.wholes = (self.first, self.first + self.count)
        elif self.kind in ("copy", "repair", "read"):
            self.wholes = (self.first,)

    def begin(self, folder):
        """Makes what it begins with; returns the store."""
        store = fresh(folder, self.template)
        if self.kind == "copy":
            shutil.copy(os.path.join(self.setting.older, "x.tapedeck"), self.copy(store))
        return store

    @staticmethod
    def copy(store):
        return os.path.join(os.path.dirname(store), "copy.tapedeck")

    def command(self, store):
        if self.kind in ("prune", "erase"):
            return ["prune", store, str(CUT), "keep" if self.kind == "prune" else "erase"]
        if self.kind == "copy":
            return ["copy", store, self.copy(store)]
        if self.kind == "merge":
            return ["merge", store, str(self.first), self.setting.source]
        if self.kind == "repair":
            return ["repair", store]
        archive = self.setting.later if self.first else self.setting.archive
        return arguments(self.kind, store, self.first, self.count, archive)

    def can_be_repeated(self, found):
        """Whether the same can be done again where so many exchanges are left."""
        if self.kind in ("import", "merge"):
            return found == self.first
        return not self.kind.startswith(("write", "record"))

    def fault(self, store, seen):
        """What is wrong with what is left, or None, where `seen` was acknowledged; and how many exchanges are there."""
        checker = self.setting.checker
        if self.kind == "erase" and seen and (left := not_erased(store)):
            return f"erased, and {left}", 0
        if self.kind in ("prune", "erase"):
            return checker.fault_of_pruned(store, self.first, CUT, is_done=seen > 0)
        fault, found = checker.fault(store, max(self.first, seen), self.wholes)
        if not fault and self.kind == "copy":
            fault = self.fault_of_copy(store, seen > 0)
        if not fault and self.kind == "repair" and seen and (count := uncovered(store)):
            fault = f"repaired, and {count} have no checksum"
        return fault, found

    def fault_of_copy(self, store, is_done):
        wholes = (self.first,) if is_done else (OLDER_COUNT, self.first)
        fault, _ = self.setting.checker.fault(self.copy(store), OLDER_COUNT, wholes)
        if fault:
            return f"the copy: {fault}"
        left = [name for name in os.listdir(os.path.dirname(store)) if ".partial" in name]
        return f"{left[0]} is left" if left else None


def not_erased(store):
    """What may still hold something of the exchanges before the cut, or None. To be asked before the store is opened."""
    for suffix in ("-wal", "-journal"):
        if os.path.exists(store + suffix) and os.path.getsize(store + suffix):
            return f"the {suffix} is not empty"
    with open(store, "rb") as file:
        content = file.read()
    found = [index for index in range(CUT) if b'{"index":%d}' % index in content]
    return f"{len(found)} can be found in the file" if found else None


def uncovered(store):
    connection = sqlite3.connect(store)
    try:
        return connection.execute("SELECT count(*) FROM exchanges WHERE checksum IS NULL").fetchone()[0]
    finally:
        connection.close()
