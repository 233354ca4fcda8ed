"""What the tests of reliability share: the workloads' processes, and the look at what they left."""

import os
import shutil
import sqlite3
import subprocess
import threading

FOLDER = os.path.dirname(os.path.abspath(__file__))
WORKLOAD = os.path.join(FOLDER, ".build/debug/Workload")
LIMIT_SECONDS = 120
# How many exchanges an older backup has.
OLDER_COUNT = 5


def arguments(workload, store, first, count, archive):
    """The command line of a workload; 'write' is written as 'write-full' or 'write-normal'."""
    if workload == "read":
        return ["read", store]
    if workload.startswith("write-"):
        return ["write", store, str(first), str(count), workload.removeprefix("write-")]
    return [workload, store, str(first), str(count)] + ([archive] if workload == "import" else [])


def run(command, prepare=None, **environment):
    """Runs a workload to its end, in a process that `prepare` was called in.

    Returns its exit status, what it acknowledged, and its standard error.
    """
    done = subprocess.run(
        [WORKLOAD, *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=LIMIT_SECONDS,
        preexec_fn=prepare,
    )
    return done.returncode, acknowledged(done.stdout.splitlines()), done.stderr.strip()


def must(command):
    """Runs a workload that prepares something."""
    status, _, error = run(command)
    if status != 0:
        raise SystemExit(f"a workload that must pass ended with {status}: {error}")


def acknowledged(lines):
    """How many exchanges from the first on are there for certain (A), or are gone (P)."""
    return max((int(line.split()[1]) for line in lines if line.startswith(("A ", "P "))), default=0)


class Server:
    """A process that does one workload after the other, each with a failure of its own; a new one where it ended."""

    def __init__(self):
        self.process = None

    def run(self, command, failure="-"):
        """As `run`; a process that ended or hangs counts as the status of its signal."""
        if self.process is None:
            self.process = subprocess.Popen(
                [WORKLOAD, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, errors="replace"
            )
        self.process.stdin.write("\t".join([failure, *command]) + "\n")
        self.process.stdin.flush()
        # One that hangs is ended, which ends its output too.
        hangs = threading.Timer(LIMIT_SECONDS, self.process.kill)
        hangs.start()
        lines = []
        for line in self.process.stdout:
            if line.startswith("E "):
                hangs.cancel()
                _, status, error = line.rstrip("\n").split(" ", 2)
                return int(status), acknowledged(lines), error
            lines.append(line)
        is_hung = not hangs.is_alive()
        hangs.cancel()
        self.process.wait()
        status, self.process = self.process.returncode, None
        return status, acknowledged(lines), "it hung" if is_hung else "the process ended"

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


class Checker:
    """A process that reads stores with the library, so that not every look starts one."""

    def __init__(self):
        self.process = subprocess.Popen(
            [WORKLOAD, "check"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def fault(self, store, least, wholes=None):
        """What is wrong with a store, or None; and how many exchanges it holds.

        It must hold the exchanges from 0 on, each once, in order: `least` or more, and one of `wholes` if given.
        """
        answer, wrong, indices = self.contents(store)
        if answer:
            # Before the first commit there may be no store yet.
            if answer.startswith(("error notFound:", "error notAStore:")) and least == 0:
                return None, 0
            return f"cannot be read: {answer}", 0
        if wrong:
            return f"{wrong} with another content", len(indices)
        if len(set(indices)) < len(indices):
            return "some are there twice", len(indices)
        if indices != list(range(len(indices))):
            return "there are gaps", len(indices)
        if len(indices) < least:
            return f"lost: {len(indices)} of {least} acknowledged", len(indices)
        if wholes is not None and len(indices) not in wholes:
            return f"it is there in part: {len(indices)}", len(indices)
        return corruption(store), len(indices)

    def fault_of_pruned(self, store, count, cut, is_done):
        """The same for a store of `count` exchanges, of which those before `cut` are deleted."""
        error, wrong, indices = self.contents(store)
        if error or wrong:
            return error or f"{wrong} with another content", 0
        # It deletes from the oldest on, so that what is left is one piece.
        if indices != list(range(count - len(indices), count)):
            return "what is left is not one piece up to the last", len(indices)
        if len(indices) < count - cut:
            return f"deleted: {count - cut} were to be kept, {len(indices)} are there", len(indices)
        if is_done and len(indices) > count - cut:
            return f"not deleted: {count - cut} were to be kept, {len(indices)} are there", len(indices)
        return corruption(store), len(indices)

    def contents(self, store):
        """Why a store cannot be read, or None; how many rows have another content; and the indices of the others, in order."""
        self.process.stdin.write(store + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().rstrip("\n")
        if not answer:
            raise SystemExit("the process that reads stores ended")
        if answer.startswith("error"):
            return answer, 0, []
        wrong, _, listed = answer.partition(" ")
        return None, int(wrong), [int(index) for index in listed.split(",")] if listed else []

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def corruption(store):
    """What SQLite finds wrong with a store, or None."""
    connection = sqlite3.connect(store)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        return f"corrupt: {error}"
    finally:
        connection.close()
    return None if found == [("ok",)] else f"corrupt: {found[0][0]}"


def take_checksums(store):
    """Has a store look as one of an early version."""
    connection = sqlite3.connect(store)
    connection.execute("UPDATE exchanges SET checksum = NULL")
    connection.commit()
    connection.close()


def fresh(folder, template=None):
    """An empty folder, or one with a copy of a store's files."""
    shutil.rmtree(folder, ignore_errors=True)
    if template is None:
        os.makedirs(folder)
    else:
        shutil.copytree(template, folder)
    return os.path.join(folder, "x.tapedeck")


class Setting:
    """What a test gets: a folder, the seed's generator, how much to do, and where to count."""

    def __init__(self, folder, random, share):
        self.folder, self.random, self.share = folder, random, share
        self.runs, self.faults = 0, []
        self.checker, self.server = Checker(), Server()
        self.archive = os.path.join(folder, "a.jsonl")
        self.live = os.path.join(folder, "live")
        self.live_count, self.import_count = 20, 40
        must(["write", fresh(self.live), "0", str(self.live_count), "full"])
        self.make_archive(self.archive, 0, self.import_count)
        self.later = os.path.join(folder, "later.jsonl")
        self.make_archive(self.later, self.live_count, self.import_count)
        # What is merged follows what the live store holds.
        self.source = fresh(os.path.join(folder, "source"))
        must(["import", self.source, "0", str(self.import_count), self.later])
        self.older = os.path.join(folder, "older")
        must(["write", fresh(self.older), "0", str(OLDER_COUNT), "full"])
        self.uncovered = os.path.join(folder, "uncovered")
        take_checksums(fresh(self.uncovered, self.live))

    @staticmethod
    def make_archive(path, first, count):
        must(["archive", path, str(first), str(count)])

    def count(self, full):
        """How often to do something of which there is `full` in a full run."""
        return max(1, round(full * self.share))

    def close(self):
        self.checker.close()
        self.server.close()

    def fail(self, text):
        self.faults.append(text)
