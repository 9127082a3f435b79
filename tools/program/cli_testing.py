"""What the tests of the program from outside share: the program, which is their first argument, run in a folder of its own on the data it
ships with.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
ROOT = pathlib.Path(__file__).resolve().parents[2]
VERDICT_WORDS = ["pass", "fail", "inconclusive", "not_exercised", "not_testable", "not_supported", "setup_fail", "harness_error"]
TIMEOUT = 600  # seconds: a guard, for sanitizers on a busy machine


class CliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, code=0, **options):
        command = [PROGRAM, *map(str, arguments)]
        environment = {**os.environ, "PINPROOF_ROOT": str(ROOT), **options.pop("env", {})}
        done = subprocess.run(
            command, cwd=options.pop("cwd", self.folder), env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False, **options
        )
        self.assertEqual(done.returncode, code, f"{command}\nstdout: {done.stdout[-2000:]}\nstderr: {done.stderr[-2000:]}")
        return done

    def assert_refused(self, *arguments, says, code=2, **options):
        """One line on standard error, nothing on standard output."""
        done = self.run_program(*arguments, code=code, **options)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("pinproof: "), done.stderr)
        self.assertIn(says, done.stderr)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def edited_rules(self, dialect="helodata", edit=lambda rules: None):
        rules = json.loads((ROOT / "scenarios" / "rules" / f"{dialect}.json").read_text())
        edit(rules)
        return self.write(f"{dialect}-edited.json", json.dumps(rules))

    def any_scenario(self, dialect="helodata"):
        return sorted((ROOT / "scenarios" / dialect).rglob("*.json"))[0]
