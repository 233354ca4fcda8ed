"""Records what the OpenAI SDK for Python does with a stand-in server, then lets it do the same with `tapedeck serve`, and
compares what the SDK gets: chat, a stream of chat, embeddings, an error, and a request that nobody made before.

usage: openai_serve.py TAPEDECK    (in an environment that has the package `openai`)
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile

import openai

from model_server import ModelServer


def use(url):
    """What a program sees that asks for all that a store can answer."""
    seen = []
    messages = [{"role": "user", "content": "Grüße 👋"}]
    with openai.OpenAI(base_url=url + "/v1", api_key="canary-key", max_retries=0) as client:
        raw = client.chat.completions.with_raw_response.create(model="m", messages=messages, temperature=0.10)
        seen.append((raw.status_code, raw.headers["content-type"], raw.parse().model_dump()))
        stream = client.chat.completions.create(model="m", messages=messages, stream=True)
        seen.append([chunk.model_dump() for chunk in stream])
        answer = client.embeddings.create(model="e", input=["a", "b"], encoding_format="float")
        seen.append(answer.model_dump())
        try:
            client.chat.completions.create(model="error-500", messages=messages)
        except openai.APIStatusError as error:
            seen.append((type(error).__name__, error.status_code, error.body))
    return seen


@contextlib.contextmanager
def running(tapedeck, *arguments):
    """A `tapedeck` that listens; yields where, and a list that gets what it said on both outputs at its end."""
    process = subprocess.Popen(
        [tapedeck, *arguments, "--listen", "127.0.0.1:0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = []
    try:
        line = process.stderr.readline()
        if not line.startswith("listening on http://"):
            raise SystemExit("tapedeck said: " + line + process.stderr.read())
        yield line.removeprefix("listening on ").strip(), said
    finally:
        process.send_signal(signal.SIGTERM)
        said.extend(process.communicate(timeout=60))
    if process.returncode != 0:
        raise SystemExit("tapedeck ended with %d: %s" % (process.returncode, said[1]))


def check(condition, message):
    if not condition:
        raise SystemExit("FAILED: " + message)


def main():
    tapedeck = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "sdk.tapedeck")
        server = ModelServer().start()
        with running(tapedeck, "record", store, "--upstream", server.url) as (url, _):
            recorded = use(url)
        server.shutdown()
        with running(tapedeck, "serve", store) as (url, said):
            # Twice: equal requests are answered from the first again.
            served, again = use(url), use(url)
            with openai.OpenAI(base_url=url + "/v1", api_key="k", max_retries=0) as client:
                try:
                    client.embeddings.create(model="other", input=["a", "b"], encoding_format="float")
                    check(False, "a request that nobody made was answered")
                except openai.NotFoundError as error:
                    check(error.body["differs_at"] == ["/model"], "the reason was %r" % (error.body,))
    check(len(recorded) == 4 and len(recorded[1]) == 5, "the SDK saw %r" % (recorded,))
    check(served == recorded, "the SDK got something else from the store:\n%r\n%r" % (recorded, served))
    check(again == recorded, "the second time the SDK got something else:\n%r\n%r" % (recorded, again))
    summary = json.loads(said[0])
    check((summary["answered"], summary["missed"]) == (8, 1), "the summary was %r" % (summary,))
    print("openai %s: %d answers from the store, each as recorded" % (openai.__version__, summary["answered"]))


if __name__ == "__main__":
    main()
