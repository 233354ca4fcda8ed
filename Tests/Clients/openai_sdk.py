"""Runs the OpenAI SDK for Python against a stand-in server, directly and through `tapedeck record`, and compares what
the SDK gets, and what was captured with what went over the wire.

usage: openai_sdk.py TAPEDECK    (in an environment that has the package `openai`)
"""

import json
import os
import signal
import subprocess
import sys
import tempfile

import openai

from model_server import ModelServer


def use(url, server):
    """What a program sees that does all that is to be captured, in an order of its own."""
    seen = []
    client = openai.OpenAI(base_url=url + "/v1", api_key="canary-key", max_retries=0)
    messages = [{"role": "user", "content": "Grüße 👋"}]
    with client:
        raw = client.chat.completions.with_raw_response.create(model="m", messages=messages, temperature=0.10)
        seen.append((raw.status_code, sorted(raw.headers.keys()), raw.parse().model_dump()))
        stream = client.chat.completions.create(model="m", messages=messages, stream=True)
        seen.append([chunk.model_dump() for chunk in stream])
        answer = client.embeddings.create(model="e", input=["a", "b"], encoding_format="float")
        seen.append(answer.model_dump())
        for model in ("error-400", "error-500"):
            try:
                client.chat.completions.create(model=model, messages=messages)
            except openai.APIStatusError as error:
                seen.append((type(error).__name__, error.status_code, error.body))
        stream = client.chat.completions.create(model="endless", messages=messages, stream=True)
        seen.append([next(stream).model_dump() for _ in range(2)])
        stream.close()
    if not server.disconnected.wait(timeout=20):
        raise SystemExit("the stand-in server did not see that the client went away")
    return seen


def record(tapedeck, store, server):
    """The same through the proxy; what was captured is left in the store."""
    command = [tapedeck, "record", store, "--upstream", server.url, "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stderr.readline()
        if not line.startswith("listening on http://"):
            raise SystemExit("tapedeck said: " + line + process.stderr.read())
        seen = use(line.removeprefix("listening on ").strip(), server)
    finally:
        process.send_signal(signal.SIGTERM)
        _, report = process.communicate(timeout=60)
    if process.returncode != 0:
        raise SystemExit("tapedeck ended with %d: %s" % (process.returncode, report))
    return seen


def check(condition, message):
    if not condition:
        raise SystemExit("FAILED: " + message)


def main():
    tapedeck = sys.argv[1]
    server = ModelServer().start()
    direct = use(server.url, server)
    server = ModelServer().start()
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "sdk.tapedeck")
        through = record(tapedeck, store, server)
        lines = subprocess.run([tapedeck, "export", store], check=True, capture_output=True).stdout
        exchanges = [json.loads(line) for line in lines.splitlines()]
        files = b"".join(open(os.path.join(folder, name), "rb").read() for name in os.listdir(folder))
    check(direct == through, "the SDK got something else through the proxy:\n%r\n%r" % (direct, through))
    check(b"canary-key" not in files + lines, "the API key is in the store")

    complete = [e for e in exchanges if e["response"] is not None]
    kept = [(e["request"], e["response"], e["http"]["path"], e["http"]["status"]) for e in complete]
    sent = [(e["request"], e["response"], e["path"], e["status"]) for e in server.exchanges]
    check(kept == sent, "captured was\n%r\nbut over the wire went\n%r" % (kept, sent))
    check([e["protocol"] for e in complete].count("openai.embedding") == 1, "one exchange of embeddings")
    check(complete[1]["http"]["done"] and complete[1]["http"]["framing"] == "sse", "the stream was whole")

    broken = [e for e in exchanges if e["response"] is None]
    check(len(broken) == 1 and broken[0]["latency_ns"] is None, "one exchange is open")
    check(broken[0]["request"]["model"] == "endless", "the open exchange is the one that was left")
    check(len(broken[0]["http"]["events"]) >= 2, "the open exchange has what came of it")
    print("openai %s: %d exchanges, each captured once" % (openai.__version__, len(exchanges)))


if __name__ == "__main__":
    main()
