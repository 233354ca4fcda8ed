"""Streams 1 GB through `tapedeck record` to a client that is slower than the server, and back to a server that is slower.

    slow_client.py TAPEDECK [MEGABYTES]

Whoever receives waits, four times, until whoever sends can send no more. What is under way then, and the most memory that the
proxy ever used, must be bounded. The response goes by a path that is captured, and exceeds the limit of what is.
"""

import json
import re
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time

MEGABYTE = 1 << 20
TOTAL = int(sys.argv[2]) * MEGABYTE if len(sys.argv) > 2 else 1024 * MEGABYTE
# What the system may buffer for the two connections, by its own limits, and what the proxy holds.
AHEAD_LIMIT = 4 * MEGABYTE + sum(
    2 * int(open(f"/proc/sys/net/ipv4/tcp_{kind}").read().split()[2]) for kind in ("rmem", "wmem")
)
# The program itself, the 16 MB that a capture may hold with the copies of a growing array, and room for other systems.
MEMORY_LIMIT = 128 * MEGABYTE
PATIENCE = 30


class Sender:
    """Sends the whole, and knows when it cannot."""

    def __init__(self):
        self.sent = 0
        self.is_held = threading.Event()

    def send(self, connection):
        piece = bytes(MEGABYTE)
        connection.setblocking(False)
        while self.sent < TOTAL:
            if select.select([], [connection], [], 0.1)[1]:
                self.is_held.clear()
                self.sent += connection.send(piece[: TOTAL - self.sent])
            else:
                self.is_held.set()
        connection.setblocking(True)


def receive(connection, sender, received):
    """Takes the rest of the whole, a quarter at a time, each once the sender is held up; returns how far that was ahead."""
    assert TOTAL // 4 > AHEAD_LIMIT, "so little may all be on its way at once"
    furthest = 0
    pause_at = 0
    while received < TOTAL:
        if received >= pause_at and TOTAL - received > TOTAL // 4:
            assert sender.is_held.wait(PATIENCE), "the sender was never held up"
            furthest = max(furthest, sender.sent - received)
            sender.is_held.clear()
            pause_at = received + TOTAL // 4
        piece = connection.recv(MEGABYTE)
        assert piece, f"the connection ended after {received} bytes"
        received += len(piece)
    assert received == TOTAL, received
    return furthest


def receive_head(connection):
    text = b""
    while b"\r\n\r\n" not in text:
        piece = connection.recv(4096)
        assert piece, f"the connection ended in the head: {text}"
        text += piece
    head, _, rest = text.partition(b"\r\n\r\n")
    return head, rest


def run(tapedeck, folder, is_upload):
    """Returns how far ahead the sender was, the most memory that the proxy used, and what it said at the end."""
    sender = Sender()
    listener = socket.create_server(("127.0.0.1", 0))
    outcome = []

    def serve():
        connection, _ = listener.accept()
        connection.settimeout(PATIENCE)
        _, rest = receive_head(connection)
        if is_upload:
            outcome.append(receive(connection, sender, len(rest)))
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        else:
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n" % TOTAL
            )
            sender.send(connection)
        connection.recv(1)

    threading.Thread(target=serve, daemon=True).start()
    upstream = f"http://127.0.0.1:{listener.getsockname()[1]}"
    proxy = subprocess.Popen(
        [tapedeck, "record", f"{folder}/x.tapedeck", "--upstream", upstream, "--listen", "127.0.0.1:0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        port = int(re.search(r"listening on http://127.0.0.1:(\d+)", proxy.stderr.readline()).group(1))
        client = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n"
        if is_upload:
            client.sendall(head % TOTAL)
            sender.send(client)
            status, _ = receive_head(client)
        else:
            client.sendall(head % 2 + b"{}")
            status, rest = receive_head(client)
            outcome.append(receive(client, sender, len(rest)))
        assert status.startswith(b"HTTP/1.1 200 "), status
        with open(f"/proc/{proxy.pid}/status") as facts:
            memory = int(re.search(r"VmHWM:\s+(\d+) kB", facts.read()).group(1)) * 1024
        client.close()
        proxy.terminate()
        output, errors = proxy.communicate(timeout=PATIENCE)
        assert proxy.returncode == 0, errors
        return outcome[0], memory, json.loads(output)
    finally:
        proxy.kill()
        listener.close()


def main():
    for is_upload in (False, True):
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            ahead, memory, summary = run(sys.argv[1], folder, is_upload)
        what = "to a slow server" if is_upload else "to a slow client"
        print(
            f"{TOTAL // MEGABYTE} MB {what}: {ahead / MEGABYTE:.1f} MB ahead at most, {memory / MEGABYTE:.0f} MB of memory,"
            f" {time.monotonic() - start:.1f} s"
        )
        assert ahead <= AHEAD_LIMIT, ahead
        assert memory <= MEMORY_LIMIT, memory
        assert summary["too_large"] == 1 and summary["stored"] == 0, summary


main()
