"""A stand-in for a model server: as much of the OpenAI API as a client needs to be tested against.

It keeps every request's body and every response's, so that a test can compare them with what was captured. The name of
the model chooses what happens: `error-400` and `error-500` answer with that status, `endless` streams until the client
goes away, anything else answers well.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.exchanges = []
        self.lock = threading.Lock()
        self.disconnected = threading.Event()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.server_address[1]

    def start(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def keep(self, path, status, request, response):
        with self.lock:
            self.exchanges.append({"path": path, "status": status, "request": request, "response": response})

    def handle_error(self, request, client_address):
        pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        request = json.loads(body)
        model = request.get("model", "")
        if model.startswith("error-"):
            status = int(model.removeprefix("error-"))
            self.answer(status, request, {"error": {"message": "asked for", "type": "test", "code": None}})
        elif self.path == "/v1/embeddings":
            vector = [0.125, -1.5e-3, 3]
            data = [{"object": "embedding", "index": 0, "embedding": vector}]
            usage = {"prompt_tokens": 1, "total_tokens": 1}
            self.answer(200, request, {"object": "list", "data": data, "model": model, "usage": usage})
        elif request.get("stream"):
            self.stream(request, endless=model == "endless")
        else:
            message = {"role": "assistant", "content": "Grüße 👋"}
            choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
            self.answer(200, request, self.completion("chat.completion", model, choices))

    def completion(self, kind, model, choices):
        return {"id": "c-1", "object": kind, "created": 1718000000, "model": model, "choices": choices}

    def answer(self, status, request, response):
        body = json.dumps(response, ensure_ascii=False).encode()
        self.server.keep(self.path, status, request, response)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Request-Id", "r-%d" % len(self.server.exchanges))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, request, endless):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        events = []
        try:
            pieces = ["Once", " upon", " a", " tïme", ""]
            index = 0
            while endless or index < len(pieces):
                delta = {"content": pieces[index % len(pieces)]}
                choices = [{"index": 0, "delta": delta, "finish_reason": None}]
                event = self.completion("chat.completion.chunk", request["model"], choices)
                self.chunk("data: %s\n\n" % json.dumps(event, ensure_ascii=False))
                events.append(event)
                index += 1
                if endless:
                    time.sleep(0.01)
            self.chunk("data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")
            self.server.keep(self.path, 200, request, events)
        except OSError:
            self.close_connection = True
            self.server.disconnected.set()

    def chunk(self, text):
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


if __name__ == "__main__":
    server = ModelServer()
    print(server.url, flush=True)
    server.serve_forever()
