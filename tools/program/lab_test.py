"""`pinproof lab` as a stranger starts it: what it prints, serves and leaves behind.   lab_test.py PATH-OF-PINPROOF"""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import select
import signal
import socket
import ssl
import subprocess
import sys
import unittest
import urllib.parse

PINPROOF = None  # from the command line
WITHIN = 60  # seconds: a sanitizer build on a busy machine starts slowly


def first_line(process):
    """What it prints first; nothing when it ends or is silent for too long."""
    readable, _, _ = select.select([process.stdout], [], [], WITHIN)
    return process.stdout.readline().decode() if readable else ""


@contextlib.contextmanager
def lab(*options, **more):
    process = subprocess.Popen(
        [PINPROOF, "lab", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **more
    )
    try:
        line = first_line(process)
        if not line:
            process.kill()
            raise AssertionError(f"no ready line: {process.communicate()[1].decode()}")
        yield process, json.loads(line)
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=WITHIN)


def connection(url):
    parts = urllib.parse.urlsplit(url)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=WITHIN)


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def through(ready, user, url="http://shop.origin.test/t/t-1", account="one", headers=()):
    """(status, headers) of a GET through the gateway."""
    link = connection(ready["gateway"])
    password = ready["credentials"][account]["password"]
    link.request("GET", url, headers={"Proxy-Authorization": basic(user, password), **dict(headers)})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status, answer.headers


def call(base, ready, method, path, body=None, token=None):
    link = connection(base)
    link.request(
        method,
        path,
        body=None if body is None else json.dumps(body),
        headers={"Authorization": f"Bearer {ready['token'] if token is None else token}"},
    )
    answer = link.getresponse()
    text = answer.read()
    link.close()
    return answer.status, json.loads(text)


def sticky(ready, session, minutes=30):
    user = ready["credentials"]["one"]["user"]
    return f"helo_{user}-type-res-region-us-session-{session}-sesstime-{minutes}"


def listens(url):
    parts = urllib.parse.urlsplit(url)
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex((parts.hostname, parts.port)) == 0


class LabTest(unittest.TestCase):
    def test_the_ready_line_says_where_everything_is(self):
        with lab() as (process, ready):
            self.assertEqual(
                ["gateway", "gateway_tls", "origin", "api", "clock", "upstreams", "token", "ca", "exits", "dialect"]
                + ["credentials", "pid"],
                list(ready),
            )
            for url in [ready["gateway"], ready["clock"], ready["upstreams"], ready["origin"]["http"]]:
                self.assertRegex(url, r"^http://127\.0\.0\.1:[1-9][0-9]*$")
            for url in [ready["gateway_tls"], ready["origin"]["https"]]:
                self.assertRegex(url, r"^https://127\.0\.0\.1:[1-9][0-9]*$")
            self.assertEqual(ready["gateway"] + "/v1/residential/sessions", ready["api"])
            self.assertRegex(ready["token"], "^[0-9a-f]{32}$")
            self.assertIn("BEGIN CERTIFICATE", pathlib.Path(ready["ca"]).read_text())
            self.assertEqual((41, "helodata", process.pid), (ready["exits"], ready["dialect"], ready["pid"]))
            self.assertEqual(["one", "two", "trial"], list(ready["credentials"]))

    def test_a_session_keeps_its_exit_until_it_is_dropped(self):
        with lab() as (_, ready):
            user = sticky(ready, "job1")
            status, headers = through(ready, user)
            self.assertEqual(200, status)
            exit_address = headers["X-Helodata-Exit-IP"]
            self.assertEqual(exit_address, through(ready, user)[1]["X-Helodata-Exit-IP"])
            status, dropped = call(ready["upstreams"], ready, "POST", f"/exits/{exit_address}", {"action": "drop"})
            self.assertEqual((200, False), (status, dropped["up"]))
            status, headers = through(ready, user)
            self.assertEqual((200, "true"), (status, headers["X-Helodata-Session-Repinned"]))
            self.assertNotEqual(exit_address, headers["X-Helodata-Exit-IP"])

    def test_one_call_drops_the_exit_of_a_user(self):
        with lab() as (_, ready):
            user = sticky(ready, "job1")
            self.assertEqual(404, call(ready["clock"], ready, "POST", "/drop", {"user": user})[0])
            exit_address = through(ready, user)[1]["X-Helodata-Exit-IP"]
            self.assertEqual((200, {"ip": exit_address}), call(ready["clock"], ready, "POST", "/drop", {"user": user}))
            self.assertNotEqual(exit_address, through(ready, user)[1]["X-Helodata-Exit-IP"])
            for wrong in [{}, {"user": user, "session": "1"}, {"user": 1}, {"name": user}]:
                self.assertEqual(400, call(ready["clock"], ready, "POST", "/drop", wrong)[0], wrong)
        with lab("--dialect", "crawlera") as (_, ready):
            key = ready["credentials"]["one"]["user"]
            session = through(ready, key, headers={"X-Crawlera-Session": "create"}.items())[1]["X-Crawlera-Session"]
            status, dropped = call(ready["clock"], ready, "POST", "/drop", {"session": session})
            self.assertEqual(200, status)
            _, exits = call(ready["upstreams"], ready, "GET", "/exits")
            self.assertEqual([dropped["ip"]], [one["ip"] for one in exits if not one["up"]])

    def test_an_issued_session_and_its_delay_on_a_controlled_clock(self):
        with lab("--dialect", "crawlera", "--clock", "controlled") as (_, ready):
            key = ready["credentials"]["one"]["user"]
            status, headers = through(ready, key, headers={"X-Crawlera-Session": "create"}.items())
            self.assertEqual(200, status)
            session = headers["X-Crawlera-Session"]
            # The second waits for the clock: 12 seconds after the first.
            link = connection(ready["gateway"])
            link.request(
                "GET",
                "http://shop.origin.test/t/t-2",
                headers={"Proxy-Authorization": basic(key, ""), "X-Crawlera-Session": session},
            )
            while True:
                _, clock = call(ready["clock"], ready, "GET", "/clock")
                if clock["held"] == 1:
                    break
            self.assertEqual(12_000_000_000, clock["next_deadline_ns"])
            call(ready["clock"], ready, "POST", "/clock/advance", {"to_ns": 12_000_000_000})
            self.assertEqual(200, link.getresponse().status)
            link.close()

    def test_tls_to_the_gateway_with_the_lab_s_certificate(self):
        with lab() as (_, ready):
            port = urllib.parse.urlsplit(ready["gateway_tls"]).port
            trusting = ssl.create_default_context(cafile=ready["ca"])
            link = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=WITHIN)
            link.request(
                "GET",
                "http://shop.origin.test/t/t-1",
                headers={"Proxy-Authorization": basic(sticky(ready, "job1"), ready["credentials"]["one"]["password"])},
            )
            self.assertEqual(200, link.getresponse().status)
            link.close()
            with self.assertRaises(ssl.SSLCertVerificationError):
                stranger = http.client.HTTPSConnection(
                    "127.0.0.1", port, context=ssl.create_default_context(), timeout=WITHIN
                )
                stranger.request("GET", "/")

    def test_it_is_no_open_proxy(self):
        with lab() as (_, ready):
            for url in ["http://example.com/", "http://127.0.0.1:22/", "http://origin.test.example.com/"]:
                self.assertEqual(403, through(ready, sticky(ready, "job1"), url)[0], url)

    def test_the_contracts_want_the_token(self):
        with lab() as (_, ready):
            for base, path in [(ready["clock"], "/clock"), (ready["upstreams"], "/exits"), (ready["upstreams"], "/clock")]:
                self.assertEqual(401, call(base, ready, "GET", path, token="guess")[0], path)
                self.assertEqual(200, call(base, ready, "GET", path)[0], path)

    def test_without_a_gateway(self):
        with lab("--no-gateway", "--exits", "3") as (_, ready):
            self.assertEqual(["origin", "upstreams", "token", "ca", "exits", "pid"], list(ready))
            _, exits = call(ready["upstreams"], ready, "GET", "/exits")
            self.assertEqual(["127.20.0.1", "127.20.0.2", "127.20.0.3"], [one["ip"] for one in exits])
            link = http.client.HTTPConnection(exits[1]["ip"], exits[1]["port"], timeout=WITHIN)
            link.request("GET", "http://shop.origin.test/t/t-1")
            self.assertEqual(200, link.getresponse().status)
            link.close()

    def test_it_ends_cleanly_when_told(self):
        for number in [signal.SIGTERM, signal.SIGINT]:
            with lab() as (process, ready):
                process.send_signal(number)
                out, err = process.communicate(timeout=WITHIN)
                self.assertEqual((0, b"", b""), (process.returncode, out, err))
                self.assertFalse(pathlib.Path(ready["ca"]).parent.exists())
                self.assertFalse(listens(ready["gateway"]))

    def test_it_ends_with_its_parent(self):
        # The parent prints the ready line of its lab and is killed outright.
        parent = subprocess.Popen(
            [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])", PINPROOF, "lab"],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        ready = json.loads(first_line(parent))
        watched = os.pidfd_open(ready["pid"])
        parent.kill()
        parent.wait()
        ended, _, _ = select.select([watched], [], [], WITHIN)
        os.close(watched)
        if not ended:
            os.kill(ready["pid"], signal.SIGKILL)
        parent.stdout.close()
        self.assertTrue(ended)
        self.assertFalse(pathlib.Path(ready["ca"]).parent.exists())

    def test_a_port_that_is_taken(self):
        with contextlib.closing(socket.socket()) as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = subprocess.run([PINPROOF, "lab", "--port", str(port)], capture_output=True, timeout=WITHIN)
        self.assertEqual((3, b""), (done.returncode, done.stdout))
        self.assertRegex(done.stderr.decode(), rf"^pinproof: .*127\.0\.0\.1:{port}.*in use\n$")

    def test_a_ready_line_that_nobody_gets(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PINPROOF, "lab"], stdout=full, stderr=subprocess.PIPE, timeout=WITHIN)
        self.assertEqual(3, done.returncode)
        self.assertEqual(b"pinproof: cannot write to standard output: No space left on device\n", done.stderr)

    def test_wrong_calls(self):
        for arguments, words in [
            (["--clock", "fast"], '--clock: found "fast", expected controlled, wall or scaled:N, with N from 1 to 3600'),
            (["--clock", "scaled:0"], '--clock: found "scaled:0", expected controlled, wall or scaled:N'),
            (["--exits", "0"], '--exits: found "0", expected an integer from 1 to 10000'),
            (["--port", "65536"], '--port: found "65536", expected an integer from 1 to 65535'),
            (["--deviate", "no-such-one"], "--deviate: "),
            (["--dialect", "crawlera", "--deviate", "helodata-cap-of-31"], 'found "helodata", expected "crawlera"'),
        ]:
            done = subprocess.run([PINPROOF, "lab", *arguments], capture_output=True, timeout=WITHIN)
            self.assertEqual((2, b""), (done.returncode, done.stdout), arguments)
            self.assertIn(words, done.stderr.decode())
            self.assertEqual(1, done.stderr.count(b"\n"))


if __name__ == "__main__":
    PINPROOF = sys.argv.pop(1)
    unittest.main()
