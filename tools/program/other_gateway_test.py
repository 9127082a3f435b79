"""A gateway in another language, written from docs/contracts.md alone, as a target by its profile.   other_gateway_test.py PATH-OF-PINPROOF"""
import contextlib
import json
import pathlib
import subprocess
import sys
import unittest

import cli_testing
from cli_testing import CliTest

GATEWAY = pathlib.Path(__file__).with_name("other_gateway.py")
TOKEN = "clock-token-of-the-test"
NO_API = "it has no API for sessions"


def variable(name, pointer=None):
    return {"env": name, **({"pointer": pointer} if pointer else {})}


PROFILE = {
    "profile": 1,
    "name": "other-gateway",
    "title": "A gateway in Python",
    "dialect": "helodata",
    "gateway": {"url": variable("OTHER", "/gateway"), "ca": variable("LAB", "/ca")},
    "accounts": [
        {"name": name, "user": variable("OTHER", f"/{name}/user"), "password": variable("OTHER", f"/{name}/password")} for name in ("one", "two")
    ],
    "origin": {"domain": "origin.test"},
    "upstreams": {"url": variable("LAB", "/upstreams"), "token": variable("LAB", "/token")},
    "clock": {"kind": "controlled", "url": variable("OTHER", "/clock"), "token": variable("OTHER", "/token")},
    "not_offered": {"api": NO_API},
}
ACCOUNTS = {"one": {"user": "s1a2b3c4d5e", "password": "password-one"}, "two": {"user": "s9z8y7x6w5v", "password": "password-two"}}


@contextlib.contextmanager
def started(*command, says=""):
    """A process that prints a line of JSON and ends when its input does."""
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        process.stdin.write(says)
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise AssertionError(f"{command} ended with {process.wait()}")
        yield json.loads(line)
    finally:
        process.stdin.close()
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


class OtherGatewayTest(CliTest):
    @contextlib.contextmanager
    def other_gateway(self, **options):
        """The environment in which its profile is complete."""
        with started(cli_testing.PROGRAM, "lab", "--no-gateway", "--clock", "controlled") as lab:
            accounts = {account["user"]: account["password"] for account in ACCOUNTS.values()}
            says = json.dumps({"token": lab["token"], "accounts": accounts, **options}) + "\n"
            with started(sys.executable, GATEWAY, lab["upstreams"], says=says) as other:
                yield {"LAB": json.dumps(lab), "OTHER": json.dumps({**other, **ACCOUNTS, "token": lab["token"]})}

    def profile(self, **changes):
        return self.write("other-gateway.json", json.dumps({**PROFILE, **changes}))

    def test_it_passes(self):
        with self.other_gateway() as environment:
            done = self.run_program("run", "--target", self.profile(), "--seed", "1", "--json", env=environment)
        result = json.loads(done.stdout)
        verdicts = {row["id"]: (row["verdict"], row["reason"]) for row in result["scenarios"] if row["verdict"] != "pass"}
        for name, (verdict, reason) in verdicts.items():
            self.assertIn(verdict, ("not_supported", "not_testable"), f"{name}: {reason}")
        passed = sum(row["verdict"] == "pass" for row in result["scenarios"])
        self.assertGreaterEqual(passed, 80)
        target = result["target"]
        self.assertEqual((target["name"], target["kind"], target["rules"], target["clock"]), ("A gateway in Python", "profile", "other-gateway", "controlled"))
        self.assertEqual(result["implementation"], {"name": "A gateway in Python", "version": "", "contact": "", "url": ""})
        for secret in ("password-one", "password-two", ACCOUNTS["one"]["user"]):
            self.assertNotIn(secret, done.stdout)

    def test_without_counts_it_is_given_time_to_settle(self):
        with self.other_gateway(counts=False) as environment:
            profile = self.profile(settle="50ms")
            self.run_program("run", "--target", profile, "--filter", "helodata/sticky/alive-at-29-59", env=environment)
            done = self.run_program("replay", "helodata/pin/announced-once", "--target", profile, env=environment, code=0)
        self.assertIn("via 127.20.0.", done.stdout)


if __name__ == "__main__":
    unittest.main()
