"""Replays a small store at a server that has become worse, and looks at the HTML report in headless Chromium.

    report_page.py TAPEDECK [FOLDER]

Charts must be drawn, the filter must filter, nothing that was captured may run, and the console must stay empty. With FOLDER
the page and pictures of it are kept there.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTILE = "</script><script>document.title='taken'</script>\"'><img src=x onerror=\"document.title='taken'\">"
TAGS = ["openai.chat", "openai.embeddings", "</script><b onclick>\"'"]
COUNT = 40
PATIENCE = 60


class Worse(BaseHTTPRequestHandler):
    """Answers every other request with the answer that it holds, and the rest with another."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = request["answer"]
        if request["number"] % 2:
            answer = dict(answer, text="another " + HOSTILE)
        body = json.dumps(answer).encode()
        self.send_response(500 if request["number"] % 10 == 9 else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Browser:
    """Chromium, spoken to by the DevTools protocol over a pair of pipes."""

    def __init__(self, profile):
        program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
        if program is None:
            sys.exit("report_page.py needs Chromium: apt-get install chromium")
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def arrange():
            # The protocol reads descriptor 3 and writes 4; copies in between, as one may be the other.
            ends = os.dup(to_browser), os.dup(from_browser)
            high = [os.dup2(end, 100 + index) for index, end in enumerate(ends)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=arrange, close_fds=False, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        # A browser that hangs must not make this hang.
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()
        self.buffer = b""
        self.number = 0
        self.session = None
        self.complaints = []
        self.loaded = False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(domain + ".enable")

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.input, 1 << 20)
            if not part:
                sys.exit("Chromium went away")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(text)
        method, details = message.get("method"), message.get("params", {})
        if method in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
            self.complaints.append(json.dumps(details))
        if method == "Network.requestWillBeSent" and not details["request"]["url"].startswith("file:"):
            self.complaints.append("asked for " + details["request"]["url"])
        if method == "Page.loadEventFired":
            self.loaded = True
        return message

    def call(self, method, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            message = self.receive()
            if message.get("id") == number:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']}")
                return message["result"]

    def open(self, path, width, scheme="light", script=True):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.loaded = False
        self.call("Page.navigate", url=path.resolve().as_uri())
        while not self.loaded:
            self.receive()

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def picture(self, path):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self):
        self.timer.cancel()
        self.process.kill()
        self.process.wait()


def make_page(tapedeck, folder):
    """Replays a store of 40 exchanges of each protocol at a fixed rate."""
    lines = []
    for number in range(COUNT * len(TAGS)):
        answer = {"id": "x", "text": "the same " + HOSTILE}
        lines.append(json.dumps({
            "recv_ts_ns": 1718000000000000000 + number * 1000000, "latency_ns": 2000000 + number * 50000,
            "protocol": TAGS[number % len(TAGS)], "request": {"number": number, "answer": answer},
            "response": answer,
        }))
    archive, store, page = folder / "a.jsonl", folder / "a.tapedeck", folder / "report.html"
    archive.write_text("\n".join(lines) + "\n")
    subprocess.run([tapedeck, "import", store, archive], check=True, stdout=subprocess.DEVNULL)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Worse)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    status = subprocess.run(
        [tapedeck, "replay", store, "--target", f"http://127.0.0.1:{server.server_address[1]}", "--rate", "200/s",
         "--route", f"{TAGS[2]}=/tag", "--html", page],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    if status.returncode != 1:
        sys.exit(f"the replay ended with {status.returncode}, not with 1 for a regression: {status.stderr}")
    server.shutdown()
    return page


def check(condition, sentence):
    if not condition:
        sys.exit("FAILED: " + sentence)
    print("ok: " + sentence)


SHOWN = """(selector => Array.from(document.querySelectorAll(selector))
    .filter(element => element.getClientRects().length > 0).length)"""
CHOOSE = """((id, value) => {
    const field = document.getElementById(id);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return field.value;
})"""


def check_page(browser, page):
    def shown(selector):
        return browser.value(f"{SHOWN}({json.dumps(selector)})")

    def choose(field, value):
        found = browser.value(f"{CHOOSE}({json.dumps(field)}, {json.dumps(value)})")
        check(found == value, f"the filter {field} can be set to {value[:20]!r}")

    browser.open(page, 1280)
    check(browser.value("document.querySelector('h1 .word').textContent") == "regression", "the verdict is shown")
    check(shown("svg.chart") == len(TAGS) + 2, "a chart for all, one for each protocol and one of the lag")
    drawn = browser.value("""Array.from(document.querySelectorAll("svg.chart path"))
        .filter(path => path.getTotalLength() > 100).length""")
    check(drawn == 2 * (len(TAGS) + 1) + 1, "every chart has its outlines")
    colour = "getComputedStyle(document.querySelector('svg path.candidate')).stroke"
    light = browser.value(colour)
    check(light not in ("none", "rgb(0, 0, 0)"), "the policy lets the style through")
    rows = shown("#protocols ~ .scroll tbody tr")
    check(rows == len(TAGS) + 1, "a row for each protocol and one for all")
    differences = shown(".difference")
    check(differences > 0, "differences are shown")

    for tag in TAGS:
        choose("filter-protocol", "=" + tag)
        check(shown("#protocols ~ .scroll tbody tr") == 2, "other protocols' rows are hidden, and the sum stays")
        check(shown("figure[data-protocol]") == 1, "other protocols' charts are hidden")
        check(
            browser.value("""Array.from(document.querySelectorAll("[data-protocol]"))
                .filter(element => element.getClientRects().length > 0)
                .every(element => element.dataset.protocol === document.getElementById("filter-protocol").value)"""),
            "nothing of another protocol is left",
        )
    choose("filter-protocol", "")
    choose("filter-path", "/TEXT")
    check(0 < shown(".difference") < differences, "the path filter leaves the paths that hold its text")
    choose("filter-path", "no such path")
    check(shown(".difference") == 0, "and none where none does")
    choose("filter-path", "")
    check(shown(".difference") == differences, "an empty filter shows all again")
    check(browser.value("document.scripts.length") == 1, "there is one script")
    check("taken" not in browser.value("document.title"), "nothing that was captured ran")

    browser.open(page, 1280, scheme="dark")
    check(browser.value(colour) != light, "dark colours are others")
    browser.open(page, 390)
    wide = browser.value("document.documentElement.scrollWidth")
    check(wide <= 390, f"a phone does not scroll sideways: {wide} px")
    check(not browser.complaints, f"the console is empty and nothing was asked for: {browser.complaints}")


def take_pictures(browser, page, folder):
    for name, width, scheme in [("light", 1280, "light"), ("dark", 1280, "dark"), ("phone", 390, "light")]:
        browser.open(page, width, scheme)
        browser.picture(folder / f"{page.stem}-{name}.png")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        kept = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
        page = make_page(os.path.abspath(sys.argv[1]), pathlib.Path(scratch))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            browser = Browser(profile)
            try:
                check_page(browser, page)
                if kept:
                    shutil.copy(page, kept)
                    take_pictures(browser, page, kept)
            finally:
                browser.close()


if __name__ == "__main__":
    main()
