"""Runs commands in turn and makes Markdown tables of their medians."""
import os
import statistics
import subprocess
import sys


def run(command, output=None):
    """Runs a command; returns what it wrote to standard error."""
    with open(output or os.devnull, "wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stderr


def printed(command):
    """Runs a command; returns the words that it wrote to standard output."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().split()


def remove(path):
    """Removes a database and what lies beside it."""
    for suffix in ("", "-wal", "-shm", "-journal", ".wal"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)


class Command:
    """A command to be measured: what to do before each run, and where its output goes."""

    def __init__(self, words, prepare=lambda: None, output=None):
        self.words, self.prepare, self.output = words, prepare, output


class Measuring:
    def __init__(self, limit, rounds):
        self.limit, self.rounds = limit, rounds

    def once(self, command):
        """The wall time of a command in seconds and its peak memory in MB."""
        seconds, kibibytes = run([self.limit, "run", *command.words], command.output).split()[-2:]
        return float(seconds), int(kibibytes) * 1024 / 1e6

    def interleaved(self, tools, measure):
        """Every tool's figures, run in turn; those of the first round, which is for the caches, are dropped."""
        figures = {name: [] for name in tools}
        for round_number in range(self.rounds + 1):
            for name, tool in tools.items():
                progress(f"round {round_number + 1} of {self.rounds + 1}: {name}")
                figure = measure(tool)
                if round_number > 0:
                    figures[name].append(figure)
        progress("")
        return figures

    def commands(self, title, unit, tools, megabytes=None):
        """A table of whole commands. `tools`: name to Command; the first is what the others are compared with."""
        def measure(tool):
            tool.prepare()
            return self.once(tool)

        figures = self.interleaved(tools, measure)
        rows = []
        own = None
        for name, values in figures.items():
            median = statistics.median(seconds for seconds, _ in values)
            own = own or median
            figure = f"{megabytes / median:.0f}" if megabytes else f"{median * 1000:.1f}"
            rows.append((name, figure, f"{median / own:.2f}", f"{max(peak for _, peak in values):.0f} MB"))
        table(title, ("", unit, "time, to Tapedeck's", "peak memory"), rows)


def progress(text):
    """Says on a terminal what is measured now; the next table takes its place."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:79]}", end="", file=sys.stderr, flush=True)


def table(title, heads, rows):
    print(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    sys.stdout.flush()
