#!/usr/bin/env python3
"""No secret is in anything that the program leaves behind, whatever a gateway does with it.   cli_secrets_test.py PROGRAM

A gateway that shows what it was told, in every place that an answer has: fields and their names, bodies, replies to CONNECT, listed sessions.
Scenarios that have the secrets in their own headers. Then every format of every report is searched for them: as they are, in base64, in
percent-encoding, and in all that decodes from base64.
"""
import base64
import contextlib
import http.server
import json
import re
import threading
import unittest
import urllib.parse

from cli_testing import ROOT, CliTest

SECRETS = {
    "user": "account4711user",
    "password": "pa55-Word+of/one=",
    "token": "token.of.the/api+4711",
    "other_user": "account0815user",
    "other_password": "0ther-pa55word~&two",
}
FORMATS = ["html", "markdown", "junit", "ctrf", "tap", "json", "badge", "shields"]


class Leaky(http.server.BaseHTTPRequestHandler):
    """Serves everything itself, and tells everybody everything."""

    protocol_version = "HTTP/1.1"

    def leak(self):
        given = self.headers.get("Proxy-Authorization", "")
        plain = base64.b64decode(given.removeprefix("Basic ") + "==").decode(errors="replace")
        for name, value in {
            "X-Helodata-Exit-IP": SECRETS["password"],
            "X-Helodata-Error": f"bad_{SECRETS['password']}",
            "X-You-Sent": given,
            "X-You-Are": plain,
            "X-Small": given.lower(),
            "X-Large": SECRETS["password"].upper(),
            "X-In-Url": "".join(f"%{byte:02X}" for byte in SECRETS["password"].encode()),
            "X-Url-Safe": base64.urlsafe_b64encode(plain.encode()).decode().rstrip("="),
            "X-Hex": SECRETS["password"].encode().hex(),
            "X-Hex-Large": SECRETS["token"].encode().hex().upper(),
            "X-Said": base64.b64encode(f"x{SECRETS['token']}y".encode()).decode(),
            "Proxy-Authenticate": f'Basic realm="{SECRETS["user"]}"',
            f"X-{SECRETS['user']}": "1",
            "Location": f"http://{SECRETS['user']}:{urllib.parse.quote(SECRETS['password'], safe='')}@site.origin.test/?{SECRETS['token']}",
            "Set-Cookie": f"token={SECRETS['token']}",
        }.items():
            self.send_header(name, value)

    def answer(self, status=200, body=b""):
        self.send_response(status, SECRETS["password"].replace(" ", ""))
        self.leak()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.startswith("/v1/"):
            session = {"id": "ses_" + SECRETS["token"], "exit_ip": SECRETS["password"], "user": SECRETS["user"], "pin": SECRETS["password"]}
            return self.answer(body=json.dumps({"sessions": [session], "next_cursor": None}).encode())
        return self.answer(body="\n".join(SECRETS.values()).encode())

    do_POST = do_PUT = do_DELETE = do_GET

    def do_CONNECT(self):
        self.send_response(200)
        self.leak()
        self.end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def gateway():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Leaky)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def forms_of(secret):
    yield secret
    yield urllib.parse.quote(secret, safe="")
    yield base64.b64encode(secret.encode()).decode().rstrip("=")
    yield json.dumps(secret)[1:-1]
    yield "".join(f"%{byte:02x}" for byte in secret.encode())
    yield secret.encode().hex()


def decoded(text):
    for word in re.findall(r"[A-Za-z0-9+/]{8,}", text.replace("-", "+").replace("_", "/")):
        for start in range(4):
            part = word[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            yield base64.b64decode(part + "=" * (-len(part) % 4)).decode("latin-1")


class SecretsTest(CliTest):
    def assert_no_secret(self, name, text):
        hidden = "\n".join(decoded(text))
        for kind, secret in SECRETS.items():
            for form in forms_of(secret):
                self.assertNotIn(form.lower(), text.lower(), f"{kind} in {name}")
            self.assertNotIn(secret, hidden, f"{kind} in base64 in {name}")

    def profile(self, url):
        accounts = []
        for name, user, password in [("one", "user", "password"), ("two", "other_user", "other_password")]:
            account = {"name": name, "user": {"file": "secrets.json", "pointer": f"/{user}"}, "password": {"file": "secrets.json", "pointer": f"/{password}"}}
            accounts.append({**account, "api_token": {"file": "secrets.json", "pointer": "/token"}})
        self.write("secrets.json", json.dumps(SECRETS))
        profile = {
            "profile": 1, "name": "leaky", "title": "A gateway that tells everybody everything", "dialect": "helodata",
            "gateway": {"url": url}, "accounts": accounts, "origin": {"page": "http://site.origin.test/"},
            "sessions_api": {"path": "/v1/residential/sessions", "style": "session_list", "authentication": "bearer"},
            "answer_wait": "2s",
        }
        return self.write("leaky.json", json.dumps(profile))

    def scenario(self, name, steps, requirement="H-STK-1"):
        scenario = {
            "scenario": 1, "id": f"helodata/secrets/{name}", "title": "Secrets in every place", "dialect": "helodata", "requirements": [requirement],
            "actors": {"client": "one", "other": "two"}, "users": {"S": {"type": "res", "region": "us", "session": "@s", "minutes": 30}}, "steps": steps,
        }
        return self.write(f"{name}.json", json.dumps(scenario))

    def scenarios(self):
        fails = {"requirement": "H-STK-1", "status": 418}
        planted = {"Authorization": f"Bearer {SECRETS['token']}", "X-Key": SECRETS["password"], "X-Other": SECRETS["other_password"]}
        self.scenario("plain", [{"request": "a", "user": "S", "headers": planted, "expect": [fails]}])
        self.scenario("connect", [{"request": "a", "user": "S", "via": "connect", "headers": planted, "expect": [fails]}])
        self.scenario("another", [{"request": "a", "actor": "other", "user": "S", "expect": [fails]}])
        self.scenario("wrong", [{"request": "a", "user": "S", "credentials": "wrong_password", "expect": [fails]}])
        self.scenario("listed", [{"list_sessions": "a", "expect": [{"requirement": "H-EXT-3", "listed": {"count": 7}}]}], "H-EXT-3")
        self.scenario("setup", [{"request": "a", "user": "S", "expect": [{"status": 418}]}])
        return ["plain.json", "connect.json", "another.json", "wrong.json", "listed.json", "setup.json"]

    def test_nothing_that_is_left_behind_has_a_secret(self):
        outputs = {}
        reports = [argument for name in FORMATS for argument in ("--report", f"{name}:run.{name}")]
        with gateway() as url:
            profile = self.profile(url)
            arguments = ("--target", profile, "--out", "results", "--write-ledger", "ledger.json", *reports)
            done = self.run_program("run", *self.scenarios(), *arguments, code=1)
            outputs["run"] = done.stdout + done.stderr
            done = self.run_program("run", "plain.json", "--target", profile, "--verbose", code=1)
            outputs["run --verbose"] = done.stdout + done.stderr
            done = self.run_program("replay", "plain.json", "--target", profile, code=1)
            outputs["replay"] = done.stdout + done.stderr
        for name in FORMATS:
            done = self.run_program("report", "results/result.json", "--format", name)
            self.assertEqual(done.stderr, "")
            outputs[f"report {name}"] = done.stdout
        histories = sorted((self.folder / "results" / "histories").iterdir())
        self.assertEqual(len(histories), 6)
        done = self.run_program("judge", histories[0], "--json", code=1)
        outputs["judge"] = done.stdout + done.stderr
        for path in [*histories, self.folder / "results" / "result.json", self.folder / "ledger.json", *(self.folder / f"run.{name}" for name in FORMATS)]:
            outputs[str(path.relative_to(self.folder))] = path.read_text()
        verdicts = {row["id"].rpartition("/")[2]: row["verdict"] for row in json.loads(outputs["results/result.json"])["scenarios"]}
        self.assertEqual(verdicts, {"plain": "fail", "connect": "fail", "another": "fail", "wrong": "fail", "listed": "fail", "setup": "setup_fail"}, "or nothing was shown")
        self.assertIn("{password}", outputs["results/histories/helodata.secrets.plain.jsonl"], "the gateway did show it")
        for name, text in outputs.items():
            self.assert_no_secret(name, text)

    def test_the_search_finds_what_it_looks_for(self):
        for secret in SECRETS.values():
            for text in [secret, base64.b64encode(f"ab:{secret}".encode()).decode(), urllib.parse.quote(f"x{secret}", safe=""), json.dumps(f'"{secret}'),
                         secret.upper(), secret.encode().hex().upper(), base64.urlsafe_b64encode(f"abc{secret}".encode()).decode()]:
                with self.assertRaises(AssertionError):
                    self.assert_no_secret("a text with one", text)


if __name__ == "__main__":
    unittest.main()
