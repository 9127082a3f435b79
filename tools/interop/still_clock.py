"""The clock contract (docs/contracts.md) for a gateway in which nothing that matters happens with time.

Such a gateway remembers nothing of a session, so its clock can be any: this one stands still until it is told to go on. It
cannot count requests, and says so by leaving the counts out. A reset starts the gateway anew.
"""
import http.server
import json
import secrets
import threading


class StillClock:
    def __init__(self, reset):
        """`reset`: what makes the gateway as new."""
        self.now, self.reset, self.token = 0, reset, secrets.token_hex(16)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def state(self):
        return {"version": 1, "now_ns": self.now, "next_deadline_ns": None}

    def advance(self, body):
        if not isinstance(body.get("to_ns"), int) or body["to_ns"] < self.now:
            raise ValueError("to_ns is an integer, not before now_ns")
        self.now = body["to_ns"]
        return self.state()

    def as_new(self, body):
        self.reset()
        return self.state()

    def handler(self):
        clock = self
        calls = {
            ("GET", "/clock"): lambda body: clock.state(),
            ("POST", "/clock/advance"): self.advance,
            ("POST", "/reset"): self.as_new,
        }

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one piece: two would wait for each other's acknowledgement, 40 ms a call

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                call = calls.get((self.command, self.path))
                if self.headers.get("Authorization") != f"Bearer {clock.token}":
                    status, said = 401, {"error": "the token is missing or wrong"}
                elif call is None:
                    status, said = 404, {"error": f"there is no {self.command} {self.path}"}
                else:
                    try:
                        status, said = 200, call(json.loads(body or "{}"))
                    except ValueError as error:
                        status, said = 400, {"error": str(error)}
                text = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)
                self.wfile.flush()

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        return Handler
