"""`--target PROFILE` and ledgers from outside: the lab's gateway as a stranger's, and strangers that are none.   cli_target_test.py PATH-OF-PINPROOF"""
import contextlib
import copy
import json
import socket
import threading
import unittest

import cli_testing
from cli_testing import ROOT, CliTest
from other_gateway_test import started

SECRET = "hunter2-hunter2"


def shipped(name):
    return json.loads((ROOT / "scenarios" / "profiles" / f"{name}.json").read_text())


@contextlib.contextmanager
def lab(*options):
    """The environment in which the lab's profiles are complete."""
    with started(cli_testing.PROGRAM, "lab", *options) as ready:
        yield {"PINPROOF_LAB": json.dumps(ready)}


@contextlib.contextmanager
def server(answer):
    """A TCP server on loopback that does `answer(connection)` with each connection, until nobody needs it any more."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections = []

    def accept():
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connections.append(connection)
                threading.Thread(target=lambda: answer(connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            connection.close()


def stranger(url, **changes):
    """A profile of somebody's gateway on the wall clock, of which little is known."""
    return {
        "profile": 1,
        "name": "stranger",
        "title": "A stranger",
        "dialect": "helodata",
        "gateway": {"url": url},
        "accounts": [{"name": "one", "user": {"env": "STRANGER_USER"}, "password": {"env": "STRANGER_PASSWORD"}}],
        "origin": {"page": "http://site.origin.test/"},
        **changes,
    }


ENTRY = {"verdict": "fail", "why": "It was never written."}
SECRETS = {"STRANGER_USER": "someone", "STRANGER_PASSWORD": SECRET}
NOTHING_SERVED = "expected 12 of 12 to be served, saw 0"
STICKY = "helodata/sticky/concurrent-first-requests"


class ProfileTest(CliTest):
    def profile(self, profile):
        return self.write(profile["name"] + ".json", json.dumps(profile))

    def run_json(self, *arguments, code=0, **options):
        done = self.run_program("run", *arguments, "--json", code=code, **options)
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def test_the_labs_gateway_passes_from_outside(self):
        for dialect in ("helodata", "crawlera"):
            with lab("--dialect", dialect, "--clock", "controlled") as environment:
                result = self.run_json("--target", f"lab-{dialect}", "--skip", "*five-thousand*", env=environment)
            words = {row["verdict"] for row in result["scenarios"]}
            self.assertEqual(words, {"pass", "not_supported"}, [row for row in result["scenarios"] if row["verdict"] not in ("pass", "not_supported")])
            self.assertEqual(result["target"]["rules"], f"lab-{dialect}")

    def test_a_run_of_a_profile_is_seeded_anew_and_can_be_repeated(self):
        with lab("--clock", "controlled") as environment:
            arguments = ("--target", "lab-helodata", "--filter", "helodata/sticky/*")
            seeds = {self.run_json(*arguments, env=environment)["seed"] for _ in range(3)}
            self.assertGreater(len(seeds), 1)
            self.assertEqual(self.run_json(*arguments, "--seed", "7", env=environment)["seed"], 7)

    def test_a_deviation_is_told_by_its_requirement(self):
        with lab("--deviate", "helodata-cap-of-31", "--clock", "controlled") as environment:
            result = self.run_json("--target", "lab-helodata", "--filter", "H-STK-6", code=1, env=environment)
        self.assertEqual([row["id"] for row in result["requirements"] if row["verdict"] == "fail"], ["H-STK-6"])

    def test_what_is_missing_is_said_at_once_and_before_anything_is_sent(self):
        done = self.run_program("run", "--target", "lab-helodata", code=2, env={"PINPROOF_LAB": "{}"})
        self.assertEqual(done.stderr.count("\n"), 15, done.stderr)
        self.assertIn("at /gateway/url: found the environment variable PINPROOF_LAB without a text at /gateway, expected JSON with one", done.stderr)
        written = stranger("http://127.0.0.1:1")
        written["accounts"][0]["password"] = SECRET
        done = self.run_program("validate", self.profile(written), code=2)
        self.assertIn("secrets do not stand in profiles", done.stderr)
        self.assertNotIn(SECRET, done.stderr)

    def test_a_target_that_is_not_there(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        self.profile(stranger(url))
        done = self.run_program("run", "--target", "stranger.json", code=3, env=SECRETS)
        self.assertIn("pinproof: the target cannot be reached: the gateway: ", done.stderr)
        self.assertIn("refused", done.stderr)
        profile = stranger(url, upstreams={"url": url, "token": {"env": "STRANGER_PASSWORD"}})
        done = self.run_program("run", "--target", self.profile(profile), code=3, env=SECRETS)
        self.assertEqual(done.stderr, f"pinproof: the target cannot be reached: {url}/exits: cannot connect: Connection refused\n")

    def test_targets_that_answer_nothing_of_use(self):
        answers = {
            "silence": lambda connection: connection.recv(65536),
            "a close": lambda connection: (connection.recv(65536), connection.close()),
            "garbage": lambda connection: (connection.recv(65536), connection.sendall(b"\x00\xff" * 500 + b"\r\n\r\n")),
            "half": lambda connection: (connection.recv(65536), connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le"), connection.close()),
            "a head without end": lambda connection: [connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000) for _ in range(200)],
        }
        for name, answer in answers.items():

            def guarded(connection, answer=answer):
                with contextlib.suppress(OSError):
                    answer(connection)

            with server(guarded) as url:
                profile = self.profile(stranger(url, answer_wait="300ms"))
                result = self.run_json("--target", profile, "--filter", STICKY, code=3, env=SECRETS)
            self.assertEqual([(row["verdict"], row["reason"]) for row in result["scenarios"]], [("setup_fail", NOTHING_SERVED)], name)

    def test_on_the_wall_clock_long_waits_and_wishes_are_named(self):
        with lab("--clock", "wall") as environment:
            ready = json.loads(environment["PINPROOF_LAB"])
            one = ready["credentials"]["one"]
            secrets = {"STRANGER_USER": one["user"], "STRANGER_PASSWORD": one["password"]}
            profile = self.profile(stranger(ready["gateway"], limits={"requests_per_scenario": 30, "concurrency": 5, "scenarios": 2}))
            arguments = ("--target", profile, "--max-time", "1s", "--filter", "helodata/sticky/*", "--filter", "helodata/key/*", "--filter", "helodata/rotating/*")
            result = self.run_json(*arguments, env=secrets)
        reasons = {row["id"]: row["reason"] for row in result["scenarios"] if row["verdict"] == "not_testable"}
        self.assertEqual(reasons["helodata/sticky/fresh-pick-after-expiry"], "needs time: 11m, and the run allows 1s")
        self.assertIn("needs drop", reasons.values())
        self.assertEqual(reasons["helodata/rotating/kept-alive"], "needs 6 requests at once, and the target allows 5")
        self.assertEqual(reasons["helodata/key/place-and-type"], "needs a list of the exits, which says where each is")
        self.assertIn("the target allows 2 scenarios a run", reasons.values())
        self.assertEqual(sum(row["verdict"] == "pass" for row in result["scenarios"]), 2, result["statistics"])

    def test_an_address_echo_shows_the_exit(self):
        for deviation, code, verdict in [(), 0, "pass"], [("--deviate", "helodata-key-has-the-connection"), 1, "fail"]:
            with lab("--clock", "wall", *deviation) as environment:
                ready = json.loads(environment["PINPROOF_LAB"])
                one = ready["credentials"]["one"]
                secrets = {"STRANGER_USER": one["user"], "STRANGER_PASSWORD": one["password"]}
                for origin in [
                    {"echo": "http://ip.origin.test/ip", "json": "/ip"},
                    {"echo": "http://ip.origin.test/ip", "pattern": '"ip": "([0-9.]+)"'},
                    {"echo": "https://ip.origin.test/ip", "json": "/ip"},
                ]:
                    gateway = {"url": ready["gateway"], "ca": {"file": ready["ca"]}}
                    profile = self.profile(stranger(ready["gateway"], origin=origin, gateway=gateway))
                    result = self.run_json("--target", profile, "--filter", STICKY, code=code, env=secrets)
                    rows = {row["id"]: row["verdict"] for row in result["requirements"]}
                    self.assertEqual((verdict, verdict), (result["scenarios"][0]["verdict"], rows["H-STK-10"]), origin)

    def test_profiles_are_listed(self):
        listed = json.loads(self.run_program("list", "profiles", "--json").stdout)
        names = [row["name"] for row in listed]
        self.assertEqual(names, sorted(names))
        by_name = {row["name"]: row for row in listed}
        self.assertEqual(by_name["live-crawlera"]["capabilities"], ["time", "exits", "api", "wire"])
        self.assertEqual(by_name["lab-helodata"]["file"], "scenarios/profiles/lab-helodata.json")
        self.assertIn("lab-crawlera", self.run_program("list", "profiles").stdout)
        self.assertIn(": profile, OK\n", self.run_program("validate", ROOT / by_name["lab-helodata"]["file"]).stdout)


class LedgerTest(CliTest):
    """Of the simulated gateway, which is as good a target as any."""

    def written(self, *arguments, code):
        self.run_program("run", *arguments, "--write-ledger", "ledger.json", code=code)
        self.assertIn(": ledger, OK\n", self.run_program("validate", "ledger.json").stdout)
        return json.loads((self.folder / "ledger.json").read_text())

    def expect(self, ledger, *arguments, code):
        self.write("ledger.json", json.dumps(ledger))
        done = self.run_program("run", *arguments, "--expect", "ledger.json", "--json", code=code)
        outcome = json.loads(done.stdout)["ledger"]
        return outcome["narrowed"], {(row["id"], row["expected"], row["found"]) for row in outcome["differences"]}

    def test_a_gateway_that_fails_is_as_expected_until_it_or_the_suite_changes(self):
        wrong = ("--deviate", "helodata-cap-of-31")
        ledger = self.written(*wrong, code=1)
        self.assertEqual(ledger["requirements"]["H-STK-6"]["verdict"], "fail")
        self.assertEqual(self.expect(ledger, *wrong, code=0), (False, set()))
        broken = [name for name, row in ledger["scenarios"].items() if row["verdict"] == "fail"]
        narrowed, better = self.expect(ledger, "--dialect", "helodata", code=1)
        self.assertTrue(narrowed, "both dialects were there to be asked for")
        self.assertEqual(better, {(name, "fail", "pass") for name in broken})

    def test_every_difference_is_a_line(self):
        wrong = ("--deviate", "helodata-cap-of-31")
        ledger = self.written(*wrong, code=1)
        changed = copy.deepcopy(ledger)
        name = next(name for name, row in changed["scenarios"].items() if row["verdict"] == "fail")
        changed["scenarios"][name] = {"verdict": "inconclusive", "why": "Nobody knows."}
        changed["scenarios"]["helodata/no/such"] = {"verdict": "fail", "why": "It was here once."}
        _, differences = self.expect(changed, *wrong, code=1)
        self.assertEqual(differences, {(name, "inconclusive", "fail"), ("helodata/no/such", "fail", "not played")})
        page = self.run_program("run", *wrong, "--expect", "ledger.json", "--quiet", code=1).stdout
        self.assertIn("2 verdicts are not as ledger.json says", page)
        self.assertIn(f"{name}  expected inconclusive, found fail", page)
        self.assertIn("expected because: Nobody knows.", page)

    def test_a_narrowed_run_compares_what_it_played(self):
        wrong = ("--deviate", "helodata-cap-of-31", "--filter", "helodata/key/*")
        ledger = self.written("--deviate", "helodata-cap-of-31", code=1)
        self.assertEqual(self.expect(ledger, *wrong, code=0), (True, set()))

    def test_ledgers_that_are_none(self):
        self.write("ledger.json", '{"ledger": 1, "target": "t", "scenarios": {"a": {"verdict": "failed", "why": "w w"}}, "requirements": {}}')
        self.assert_refused("run", "--expect", "ledger.json", says='/scenarios/a/verdict: found "failed", expected one of')
        self.assert_refused("run", "--expect", "nowhere.json", says="nowhere.json")
        for wrong in ({"scenarios": {"helodata/sticky/nope": ENTRY}}, {"requirements": {"H-NOPE-1": ENTRY}}):
            self.write("ledger.json", json.dumps({"ledger": 1, "target": "t", "scenarios": {}, "requirements": {}, **wrong}))
            done = self.run_program("run", "--filter", "H-STK-6", "--expect", "ledger.json", "--quiet", code=1)
            self.assertIn("found no such ", done.stdout)


if __name__ == "__main__":
    unittest.main()
