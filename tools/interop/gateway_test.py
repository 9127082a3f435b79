"""A gateway that was not written here as the target: every verdict is as its ledger says.

    gateway_test.py PINPROOF GATEWAY [unittest's arguments]

GATEWAY is haproxy, squid or proxy-chain. With PINPROOF_WRITE_LEDGER=FILE, what was found is written there instead.
"""
import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
import gateway_run
from stage import Stage

PINPROOF = str(pathlib.Path(sys.argv.pop(1)).resolve())
NAME = sys.argv.pop(1)
SAID = 12000  # characters shown of what a program said


class GatewayTest(unittest.TestCase):
    def test_every_verdict_is_as_the_ledger_says(self):
        wanted = os.environ.get("PINPROOF_WRITE_LEDGER")
        ledger = ["--write-ledger", wanted] if wanted else ["--expect", gateway_run.ledger_of(NAME)]
        with Stage() as stage:
            run, gateway = gateway_run.play(stage, PINPROOF, NAME, [*ledger, *os.environ.get("PINPROOF_RUN_OPTIONS", "").split()])
            status, said = run.popen.returncode, run.output()
            if wanted:
                print(said)
                self.assertIn(status, (0, 1))
            else:
                self.assertEqual(status, 0, f"exit status {status}\n{said[-SAID:]}\n{NAME} said:\n{gateway.output()[-SAID:]}")


if __name__ == "__main__":
    unittest.main()
