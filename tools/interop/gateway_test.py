"""A gateway that was not written here as the target: every verdict is as its ledger says.

    gateway_test.py PINPROOF GATEWAY [unittest's arguments]

GATEWAY is haproxy, squid or proxy-chain. With PINPROOF_WRITE_LEDGER=FILE, what was found is written there instead.
"""
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
import gateways
from lab import Lab
from stage import Stage
from still_clock import StillClock

PINPROOF = str(pathlib.Path(sys.argv.pop(1)).resolve())
NAME = sys.argv.pop(1)
PROFILES = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "profiles"
SEED = "1"  # session ids follow from it, and from them what is hashed to where
WITHIN = 600  # seconds for the suite
# On HAProxy's clock a second is 1.7 ms, less than a request takes: what has to be sent a second before a window's end, or at
# its end sharp, cannot be. gateway_facts_test.py has its window with minutes to spare.
A_SECOND_COUNTS = [
    "credentials/changed-account-on-a-connection", "key/sub-user", "pin/cut-in-the-window-asked-after-it",
    "pin/cut-then-timer-restarts", "pin/dropped-*", "pin/neighbour-keeps-its-timer", "pin/timer-*", "pool/burn-and-replace",
    "sticky/alive-at-29-59", "sticky/any-id-after-expiry", "sticky/expiry-is-not-announced", "sticky/first-answer-slow",
    "sticky/held-over-slow-answers", "sticky/later-requests-do-not-extend", "sticky/new-timer-after-expiry",
    "sticky/opened-by-connect", "sticky/over-at-30-00", "sticky/thirty-minutes-accepted", "sticky/window-of-*",
]  # fmt: skip
# Its first picks are random, and here it decides whether one happens to be where the user name asks for.
LUCK = ["pin/others-in-flight-go-on"]
# It writes a session's exit down when the first answer comes. Whether it has read all of the first requests of one instant by then
# is for the scheduler to say: with one thread, too, they are spread over ten exits in one run and over none in the next.
A_RACE = ["sticky/concurrent-first-*"]
SKIPPED = {"haproxy": [f"helodata/{scenario}" for scenario in A_SECOND_COUNTS + LUCK + A_RACE]}
SAID = 12000  # characters shown of what the program said
# None of these gateways has a list of users; that two names differ is what counts.
ACCOUNTS = {name: {"user": user, "password": f"password-{name}"} for name, user in (("one", "s1a2b3c4d5e"), ("two", "s9z8y7x6w5v"))}


class GatewayTest(unittest.TestCase):
    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)
        self.profile = json.loads((PROFILES / f"{NAME}.json").read_text())

    def test_every_verdict_is_as_the_ledger_says(self):
        clock = self.profile["clock"]
        moves_by_itself = clock["kind"] == "wall"
        scale = clock.get("scale", 1)
        lab = Lab(
            self.stage, PINPROOF, "--no-gateway", "--dialect", self.profile["dialect"],
            "--clock", f"scaled:{scale}" if moves_by_itself else "controlled",
        )  # fmt: skip
        gateway = gateways.START[NAME](self.stage, gateways.parents(lab.exits()), scale=scale)
        described = {"url": f"http://127.0.0.1:{gateway.port}", "accounts": ACCOUNTS}
        if not moves_by_itself:
            still = StillClock(lambda: self.reset(lab, gateway))
            self.addCleanup(still.close)
            described["clock"] = {"url": still.url, "token": still.token}
        wanted = os.environ.get("PINPROOF_WRITE_LEDGER")
        ledger = ["--write-ledger", wanted] if wanted else ["--expect", PROFILES / "ledgers" / f"{NAME}.json"]
        command = [PINPROOF, "run", "--seed", SEED, "--target", PROFILES / f"{NAME}.json", *ledger, *os.environ.get("PINPROOF_RUN_OPTIONS", "").split()]
        command += ["--max-time", "2h", *(word for scenario in SKIPPED.get(NAME, []) for word in ("--skip", scenario))]
        run = self.stage.start(
            "run", command,
            environment={
                "PINPROOF_LAB": json.dumps(lab.ready),
                "PINPROOF_CA": pathlib.Path(lab.ready["ca"]).read_text(),
                "PINPROOF_GATEWAY": json.dumps(described),
            },
        )  # fmt: skip
        try:
            status = run.popen.wait(WITHIN)
        except subprocess.TimeoutExpired:
            status = "none: not done in time"
        said = run.output()
        if wanted:
            print(said)
            self.assertIn(status, (0, 1))
        else:
            self.assertEqual(status, 0, f"exit status {status}\n{said[-SAID:]}\n{NAME} said:\n{gateway.process.output()[-SAID:]}")

    def reset(self, lab, gateway):
        """Exits first: Squid looks at its parents as it starts, and shuns for a while those that it finds down."""
        lab.reset()
        gateway.restart()


if __name__ == "__main__":
    unittest.main()
