#!/usr/bin/env python3
"""The pinproof program from outside: what each subcommand prints where, and the exit code it gives.

    cli_test.py PROGRAM

Runs the real program on the data it ships with, in folders of its own.
"""
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = None
ROOT = pathlib.Path(__file__).resolve().parents[2]
VERDICT_WORDS = ["pass", "fail", "inconclusive", "not_exercised", "not_testable", "not_supported", "setup_fail", "harness_error"]
SUBCOMMANDS = ["run", "list", "explain", "validate", "judge", "replay", "check-determinism"]
TIMEOUT = 120
SCENARIOS_TO_INTERRUPT = 3000  # seconds of work


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

    def assert_refused(self, *arguments, says, code=2):
        """One line on standard error, nothing on standard output."""
        done = self.run_program(*arguments, code=code)
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


class HelpTest(CliTest):
    def test_version(self):
        self.assertRegex(self.run_program("--version").stdout, r"\Apinproof \d+\.\d+\.\d+\n\Z")

    def test_help_everywhere(self):
        text = self.run_program("--help").stdout
        for subcommand in SUBCOMMANDS:
            self.assertIn(subcommand, text)
            done = self.run_program(subcommand, "--help")
            self.assertIn("Examples:", done.stdout)
            self.assertEqual(done.stderr, "")
        for absent in ["deviations", "explore", "lab", "simulate"]:
            self.assertNotRegex(text, rf"(?m)^  {absent}\b", "offers what does not exist")

    def test_usage_errors(self):
        self.assert_refused(says="a subcommand is missing")
        self.assert_refused("rnu", says="did you mean run?")
        self.assert_refused("run", "--bogus", says="unknown option --bogus")
        self.assert_refused("run", "--seed", "abc", says='--seed: found "abc", expected an integer')
        self.assert_refused("run", "--jobs", "0", says='--jobs: found "0", expected an integer from 1')
        self.assert_refused("run", "--target", "lab", says='--target: found "lab", expected sim')
        self.assert_refused("explain", says="id is required")

    def test_hostile_arguments_are_escaped(self):
        self.assert_refused("explain", "\x1b[31mred", says="\\x1b[31mred")


class DataTest(CliTest):
    def test_missing_data(self):
        done = self.run_program("list", "requirements", code=3, env={"PINPROOF_ROOT": str(self.folder)})
        self.assertIn("PINPROOF_ROOT", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_runs_from_anywhere(self):
        environment = {name: value for name, value in os.environ.items() if name != "PINPROOF_ROOT"}
        done = subprocess.run(
            [PROGRAM, "explain", "H-STK-6"], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)


class ListTest(CliTest):
    def test_requirements(self):
        text = self.run_program("list", "requirements").stdout
        listed = json.loads(self.run_program("list", "requirements", "--json").stdout)
        self.assertGreaterEqual(len(listed), 74)
        by_id = {requirement["id"]: requirement for requirement in listed}
        self.assertEqual(by_id["H-STK-6"]["level"], "must")
        self.assertEqual(by_id["H-STK-6"]["promised"]["window_cap"], "30m")
        self.assertEqual(by_id["H-EXT-1"]["set"], "extended")
        for requirement in listed:
            self.assertRegex(text, rf"(?m)^{requirement['id']} ")

    def test_scenarios(self):
        listed = json.loads(self.run_program("list", "scenarios", "--json").stdout)
        for dialect in ["helodata", "crawlera"]:
            self.assertGreaterEqual(sum(scenario["dialect"] == dialect for scenario in listed), 25)
        text = self.run_program("list", "scenarios").stdout
        self.assertEqual(len(text.splitlines()), len(listed))
        for scenario in listed:
            self.assertTrue(scenario["requirements"], scenario["id"])


class ExplainTest(CliTest):
    def test_requirement(self):
        text = self.run_program("explain", "H-STK-6").stdout
        for wanted in ["H-STK-6", "must, core set, helodata", "helodata-sessions", "window_cap = 30m", "over_cap = reject by default", "clamp:"]:
            self.assertIn(wanted, text)
        self.assertRegex(text, r"scenarios  helodata/")

    def test_reading_and_verdict_words(self):
        self.assertIn("reject (default)", self.run_program("explain", "over_cap").stdout)
        for word in VERDICT_WORDS:
            self.assertTrue(self.run_program("explain", word).stdout.startswith(word + "  "))

    def test_every_scenario(self):
        for scenario in json.loads(self.run_program("list", "scenarios", "--json").stdout):
            text = self.run_program("explain", scenario["id"]).stdout
            self.assertIn("  1. ", text)
            self.assertIn(scenario["requirements"][0], text)
            self.assertIn(scenario["file"], text)
            if scenario["dialect"] == "crawlera":
                self.assertNotIn(" as res ", text, "sessions are issued there, not named by the user")

    def test_unknown(self):
        self.assert_refused("explain", "H-STK-66", says="did you mean H-STK-6")
        self.assert_refused("explain", "inconclusiv", says="did you mean inconclusive?")


class ValidateTest(CliTest):
    def test_what_ships(self):
        scenarios = sorted(str(path) for dialect in ["helodata", "crawlera"] for path in (ROOT / "scenarios" / dialect).rglob("*.json"))
        rules = sorted(str(path) for path in (ROOT / "scenarios" / "rules").glob("*.json"))
        lines = self.run_program("validate", *scenarios, *rules).stdout.splitlines()
        self.assertEqual(lines, [f"{path}: scenario, OK" for path in scenarios] + [f"{path}: rules, OK" for path in rules])

    def test_readings(self):
        good = self.write("good.json", '{"over_cap": "clamp"}')
        self.assertEqual(self.run_program("validate", good).stdout, f"{good}: readings, OK\n")
        bad = self.write("bad.json", '{"over_cap": "clmap"}')
        self.assert_refused("validate", bad, says=f'{bad}: at /over_cap: found "clmap"')

    def test_bad_files(self):
        cases = {
            "malformed.json": ('{"scenario": 1,', "malformed.json: at "),
            "empty.json": ("", "empty.json: "),
            "binary.json": (bytes(range(256)), "binary.json: at 1:1: "),
            "array.json": ("[1]", "array.json: found an array"),
            "stranger.json": ('{"colour": "red"}', 'found the key "colour" first'),
            "nothing.json": ("{}", "found an object with no keys"),
            "scenario.json": ('{"scenario": 1, "id": 7}', "scenario.json: "),
            "rules.json": ('{"rules": 1, "colour": "red"}', "rules.json: at /colour: "),
            "result.json": ('{"format": 2}', "result.json: at /format: found 2, expected 1"),
            "history.jsonl": ('{"record": "header", "version": 99}\n', "history.jsonl:1: at /version: found 99"),
        }
        for name, (content, says) in cases.items():
            with self.subTest(name):
                self.assert_refused("validate", self.write(name, content), says=says)

    def test_not_files(self):
        self.assert_refused("validate", self.folder / "none.json", says="found nothing")
        self.assert_refused("validate", self.folder, says="found a folder")

    @unittest.skipIf(os.geteuid() == 0, "root can read everything")
    def test_unreadable(self):
        path = self.write("secret.json", "{}")
        path.chmod(0)
        self.assert_refused("validate", path, says="a file that can be read")

    def test_goes_on_after_a_bad_one(self):
        good = self.write("good.json", '{"over_cap": "clamp"}')
        done = self.run_program("validate", self.folder / "none.json", good, code=2)
        self.assertEqual(done.stdout, f"{good}: readings, OK\n")


class RunTest(CliTest):
    def test_everything_passes(self):
        done = self.run_program("run")
        self.assertEqual(done.stderr, "", "talk where nobody watches")
        self.assertNotIn("\x1b", done.stdout)
        self.assertRegex(done.stdout, r"\n\S (pass|partial)  \d+ scenarios: \d+ pass")
        self.assertRegex(done.stdout, r"seed\s1\s")

    def test_json_and_strict(self):
        done = self.run_program("run", "--json")
        result = json.loads(done.stdout)
        undecided = {"inconclusive", "not_testable", "not_exercised"}
        verdicts = {row["verdict"] for row in [*result["requirements"], *result["scenarios"]]}
        self.run_program("run", "--quiet", "--strict", code=4 if verdicts & undecided else 0)
        self.assertEqual(result["seed"], 1)
        self.assertEqual(result["target"]["kind"], "sim")
        self.assertEqual(sorted(result["statistics"]), sorted(VERDICT_WORDS))
        self.assertEqual(sum(result["statistics"].values()), len(result["scenarios"]))
        self.assertGreaterEqual(len(result["scenarios"]), 50)
        self.assertTrue(result["complete"])
        self.assertTrue((ROOT / result["scenarios"][0]["file"]).is_file())
        self.assertFalse(result["scenarios"][0]["file"].startswith("/"), "the same bytes wherever the tree lies")
        self.assertEqual([s["id"] for s in result["scenarios"] if s["verdict"] in ("fail", "setup_fail", "harness_error")], [])
        self.assertNotIn("fail", {requirement["verdict"] for requirement in result["requirements"]})
        self.assertEqual(self.write("result.json", done.stdout) and self.run_program("validate", "result.json").stdout, "result.json: result, OK\n")

    def test_same_seed_same_bytes_whatever_the_jobs(self):
        def without_volatile(*arguments):
            result = json.loads(self.run_program("run", "--json", "--seed", "9", *arguments).stdout)
            del result["volatile"]
            return result

        first = without_volatile("--jobs", "1")
        self.assertEqual(first, without_volatile("--jobs", "2"))
        self.assertEqual(first["seed"], 9)

    def test_dialect_and_filters(self):
        def ids(*arguments):
            return {scenario["id"]: scenario for scenario in json.loads(self.run_program("run", "--json", *arguments).stdout)["scenarios"]}

        crawlera = ids("--dialect", "crawlera")
        self.assertTrue(crawlera and all(name.startswith("crawlera/") for name in crawlera))
        pins = ids("--filter", "H-PIN-*")
        self.assertTrue(pins)
        for scenario in pins.values():
            self.assertTrue(any(requirement.startswith("H-PIN-") for requirement in scenario["requirements"]), scenario["id"])
        rest = ids("--skip", "H-PIN-*")
        self.assertFalse(pins.keys() & rest.keys())
        name = sorted(pins)[0]
        self.assertEqual(list(ids("--filter", name)), [name])
        self.assertEqual(len(ids(self.any_scenario())), 1)

    def test_a_filter_that_matches_nothing(self):
        self.assert_refused("run", "--filter", "H-STK-66", says='--filter "H-STK-66" matches nothing; did you mean H-STK-6')
        self.assert_refused("run", "--dialect", "crawlera", "--filter", "H-STK-6", says="matches nothing")
        self.assert_refused("run", "--skip", "*", says="nothing is left")

    def test_bad_inputs(self):
        self.assert_refused("run", self.folder / "none.json", says="none.json")
        self.assert_refused("run", self.write("empty.json", ""), says="empty.json")
        self.assert_refused("run", self.write("binary.json", bytes(range(256))), says="binary.json")
        self.assert_refused("run", self.write("malformed.json", '{"scenario": 1,'), says="malformed.json: at ")
        self.assert_refused("run", "--rules", self.folder / "none.json", says="none.json: found nothing")
        self.assert_refused("run", "--rules", self.folder, says="found a folder")
        self.assert_refused("run", "--readings", self.write("readings.json", '{"over_cap": "x"}'), says="readings.json: at /over_cap")
        rules = self.edited_rules(edit=lambda rules: rules.update(colour="red"))
        self.assert_refused("run", "--rules", rules, says="helodata-edited.json: at /colour")
        self.assert_refused("run", "--rules", self.edited_rules(), "--dialect", "crawlera", says="helodata")

    def test_rules_change_the_defendant_and_not_the_law(self):
        def raise_cap(rules):
            window = rules["session"]["window"]
            window["minutes_cap"] = 31

        done = self.run_program("run", "--rules", self.edited_rules(edit=raise_cap), code=1)
        self.assertIn("H-STK-6", done.stdout.splitlines()[0])
        self.assertIn("replay:", done.stdout)
        self.assertNotIn("crawlera/", done.stdout)

    def test_unedited_rules_pass(self):
        self.run_program("run", "--rules", ROOT / "scenarios" / "rules" / "crawlera.json")

    def test_out(self):
        out = self.folder / "results"
        self.run_program("run", "--dialect", "helodata", "--out", out)
        result = json.loads((out / "result.json").read_text())
        self.assertEqual(len(result["histories"]), len(result["scenarios"]))
        for name in result["histories"]:
            self.run_program("validate", out / name)
        written = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
        self.assertEqual(written, sorted([*result["histories"], "result.json"]), "no half-written files")
        self.run_program("run", "--dialect", "helodata", "--out", out)
        judged = json.loads(self.run_program("judge", "--json", out / result["histories"][0]).stdout)
        self.assertEqual(judged["scenarios"][0]["verdict"], result["scenarios"][0]["verdict"])

    def test_out_in_the_way(self):
        self.assert_refused("run", "--out", self.write("file", "mine"), says="which is no folder")
        self.assertEqual((self.folder / "file").read_text(), "mine")

    def test_reader_goes_away(self):
        process = subprocess.Popen(
            [PROGRAM, "run", "--json"], env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        process.stdout.close()
        self.assertEqual(process.stderr.read(), "")
        process.stderr.close()
        self.assertEqual(process.wait(TIMEOUT), 0)

    def test_standard_output_that_fails(self):
        for redirection in [">&-", ">/dev/full"]:
            done = subprocess.run(
                ["sh", "-c", f'exec "$0" list requirements {redirection}', PROGRAM],
                env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, capture_output=True, text=True, timeout=TIMEOUT, check=False,
            )
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("cannot write to standard output", done.stderr)

    def test_colour_only_on_a_terminal(self):
        def on_terminal(**more):
            leader, follower = pty.openpty()
            process = subprocess.Popen(
                [PROGRAM, "explain", "pass"], stdout=follower, stderr=subprocess.DEVNULL,
                env={**os.environ, "TERM": "xterm", "PINPROOF_ROOT": str(ROOT), **more},
            )
            process.wait(TIMEOUT)
            os.close(follower)
            text = os.read(leader, 65536).decode()
            os.close(leader)
            return text

        self.assertIn("\x1b[1m", on_terminal())
        self.assertNotIn("\x1b", on_terminal(NO_COLOR="1"))

    def test_interrupted(self):
        # The progress line shows on a terminal once the first scenario is done: then the program is in the middle, and is asked to end.
        many = self.folder / "many"
        many.mkdir()
        source = json.loads(self.any_scenario().read_text())
        for number in range(SCENARIOS_TO_INTERRUPT):
            source["id"] = f"helodata/interrupted/number-{number}"
            (many / f"{number}.json").write_text(json.dumps(source))
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [PROGRAM, "run", many, "--json", "--jobs", "1"],
            env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, stdout=subprocess.PIPE, stderr=follower, text=True,
        )
        os.close(follower)
        shown = b""
        while b" left" not in shown:
            shown += os.read(leader, 1000)
        self.assertIn(f"/{SCENARIOS_TO_INTERRUPT} ".encode(), shown)
        process.send_signal(signal.SIGINT)
        drain = threading.Thread(target=self.read_all, args=(leader,))
        drain.start()
        out, _ = process.communicate(timeout=TIMEOUT)
        drain.join()
        os.close(leader)
        self.assertEqual(process.returncode, 3)
        result = json.loads(out)
        self.assertFalse(result["complete"])
        self.assertNotEqual(result["result"], "pass")
        self.assertGreater(len(result["scenarios"]), 0)
        self.assertLess(len(result["scenarios"]), SCENARIOS_TO_INTERRUPT)

    @staticmethod
    def read_all(descriptor):
        try:
            while os.read(descriptor, 65536):
                pass
        except OSError:  # how a terminal says that its other end is gone
            pass


class ReplayTest(CliTest):
    def test_file_and_id_say_the_same(self):
        path = self.any_scenario()
        name = json.loads(path.read_text())["id"]
        by_file = json.loads(self.run_program("replay", path, "--json").stdout)
        by_id = json.loads(self.run_program("replay", name, "--json").stdout)
        self.assertEqual(by_file["scenarios"][0]["verdict"], "pass")
        self.assertEqual(by_file["scenarios"][0]["id"], by_id["scenarios"][0]["id"])

    def test_shows_every_exchange(self):
        text = self.run_program("replay", self.any_scenario()).stdout
        self.assertRegex(text, r"0:00:00\.000")

    def test_unknown(self):
        self.assert_refused("replay", "helodata/no/such", says="helodata/no/such")


class JudgeTest(CliTest):
    def test_no_history(self):
        self.assert_refused("judge", self.folder / "none.jsonl", says="none.jsonl")
        self.assert_refused("judge", self.folder, says="folder")
        self.assert_refused("judge", self.write("empty.jsonl", ""), says="empty.jsonl")


class CheckDeterminismTest(CliTest):
    def test_repeats_itself(self):
        done = self.run_program("check-determinism", "--dialect", "crawlera", "--seed", "3")
        self.assertRegex(done.stdout, r"crawlera.*digest [0-9a-f]{16}")
        self.assertNotEqual(done.stdout, self.run_program("check-determinism", "--dialect", "crawlera", "--seed", "4").stdout)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
