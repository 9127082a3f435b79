"""tools/ci/prove against the lab's gateway: what it leaves, and with which exit code.   prove_test.py PATH-OF-PINPROOF"""
import json
import shutil
import signal
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
from ci_testing import BROKEN, DEVIATION, PROGRAM, PROVE, SHOWS_IT, TIMEOUT, CiTest, wait_for, write_script

FILTER = "helodata/sticky/*"
PROFILE = ["--profile", "ci/gateway.json", "--env", "ci/gateway.env"]


class ProveTest(CiTest):
    def prove(self, *arguments, code=0, options=("--filter", FILTER), **more):
        return self.run_in_home(PROVE, *PROFILE, *arguments, "--", *options, code=code, **more)

    def test_a_gateway_that_conforms(self):
        self.start_gateway()
        self.prove()
        self.assert_all_reports()
        self.assertEqual(self.failed_cases(), [])
        self.assertTrue((self.out / "summary.md").read_text().startswith("## "))
        self.assertLess((self.out / "comment.md").stat().st_size, 64_000)

    def test_a_broken_promise_fails_the_job_and_is_published(self):
        self.start_gateway("--deviate", DEVIATION)
        self.prove(code=1)
        self.assert_all_reports()
        self.assertEqual(self.failed_cases(), [("pinproof.requirements.helodata.core", BROKEN)])
        self.assertTrue((self.out / "summary.md").read_text().startswith("## ✗ Does not conform: 1 promise is broken\n"))

    def test_a_known_failure_is_allowed(self):
        self.start_gateway("--deviate", DEVIATION)
        self.write_ledger({SHOWS_IT: "fail"})
        self.prove("--ledger", "ci/ledger.json", options=("--filter", SHOWS_IT))
        self.assert_all_reports()
        self.assertEqual(self.failed_cases(), [])
        self.assertIn("known: The test says so.", (self.out / "junit.xml").read_text())

    def test_a_stale_entry_fails_the_job(self):
        self.start_gateway()
        self.write_ledger({SHOWS_IT: "fail"})
        self.prove("--ledger", "ci/ledger.json", code=1, options=("--filter", SHOWS_IT))
        self.assert_all_reports()
        self.assertEqual(self.failed_cases(), [("pinproof.scenarios.helodata.sticky", SHOWS_IT.split("/")[-1])])
        self.assertIn("expected fail, found pass", (self.out / "junit.xml").read_text())

    def test_the_summary_of_a_github_job(self):
        self.start_gateway()
        summary = self.base / "step-summary"
        summary.write_text("before\n")
        self.prove(options=("--filter", SHOWS_IT), GITHUB_STEP_SUMMARY=str(summary))
        self.assertEqual(summary.read_text(), "before\n" + (self.out / "summary.md").read_text())

    def test_what_changed_since_an_older_run(self):
        self.start_gateway()
        self.prove(options=("--filter", SHOWS_IT))
        (self.out / "result.json").rename(self.home / "old.json")
        self.start_gateway("--deviate", DEVIATION)
        self.prove("--compare", "old.json", code=1, options=("--filter", SHOWS_IT))
        for name in ["summary.md", "comment.md"]:
            self.assertIn(f"✗ broken `{BROKEN}`", (self.out / name).read_text())
        self.prove("--compare", "none-yet.json", code=1, options=("--filter", SHOWS_IT))
        self.assertNotIn("Since the run before", (self.out / "summary.md").read_text())

    def test_a_gateway_that_is_not_there(self):
        self.start_gateway()
        self.prove(options=("--filter", SHOWS_IT))
        self.stop_gateway()
        self.forget_certificates()
        summary = self.base / "step-summary"
        self.prove(code=3, options=("--filter", SHOWS_IT), GITHUB_STEP_SUMMARY=str(summary))
        self.assertTrue(summary.read_text().startswith("## ! pinproof could not run\n"))
        self.assertEqual(list(self.out.iterdir()), [])  # nothing of the run before

    def forget_certificates(self):
        """The lab takes its file of them away with it."""
        path = self.home / "ci" / "gateway.json"
        profile = json.loads(path.read_text())
        del profile["gateway"]["ca"]
        path.write_text(json.dumps(profile))

    def test_what_is_asked_for_wrongly(self):
        for arguments, said in [
            ([], "--profile is missing"),
            (["--profile"], "--profile needs a value"),
            (["--profile", "x", "--lodger", "y"], "unknown argument '--lodger'"),
        ]:
            done = self.run_in_home(PROVE, *arguments, code=2)
            self.assertEqual((done.stdout, done.stderr), ("", f"prove: {said}; see tools/ci/prove --help\n"))
        self.start_gateway()
        self.prove(code=2, options=("--filter", "no/such/scenario"))
        self.assertFalse((self.out / "junit.xml").exists())

    def test_mistakes_are_no_verdicts(self):
        """Whatever stands where something else should: 2, said in one line, and the program does not run."""
        write_script(self.home / "never", "#!/bin/sh\ntouch ran\n")
        (self.home / "ci" / "gateway.env").write_text("A=1\n")
        (self.home / "file").write_text("")
        for arguments, said in [
            (["--out", "/proc/x"], "--out: the folder /proc/x cannot be made"),
            (["--out", "file"], "--out: the folder file cannot be made"),
            (["--out", "file/below"], "--out: the folder file/below cannot be made"),
            (["--env", "/"], "--env: found the folder /, expected a file"),
            (["--compare", "ci"], "--compare: found the folder ci, expected a result.json"),
        ]:
            done = self.run_in_home(PROVE, *PROFILE, *arguments, code=2, PINPROOF_PROGRAM=str(self.home / "never"))
            self.assertEqual((done.stdout, done.stderr), ("", f"prove: {said}\n"))
        self.assertFalse((self.home / "ran").exists())

    def test_1_is_a_verdict_only(self):
        """A program that is not there, or is killed; a folder whose old reports cannot be removed; a summary that cannot be written."""
        (self.home / "ci" / "gateway.env").write_text("")
        for script, code in [("#!/bin/sh\nkill -9 $$\n", 3), ("#!/bin/sh\nexit 127\n", 3), ("#!/no/such/shell\n", 3), ("#!/bin/sh\n", 3)]:
            write_script(self.home / "program", script)
            for summary in ["", "/dev/full", "/proc/none"]:
                done = self.run_in_home(
                    PROVE, *PROFILE, code=code, PINPROOF_PROGRAM=str(self.home / "program"), GITHUB_STEP_SUMMARY=summary
                )
                self.assertIn("prove: the run left no result (exit ", done.stderr)
                self.assertEqual("could not write the job's summary" in done.stderr, bool(summary))
        self.run_in_home(PROVE, *PROFILE, code=3, PINPROOF_PROGRAM="no/such/program")
        write_script(self.base / "bin" / "rm", "#!/bin/sh\nexit 1\n")
        done = self.run_in_home(PROVE, *PROFILE, code=3, PATH=f"{self.base}/bin:{self.environment()['PATH']}")
        self.assertEqual(done.stderr, "prove: stopped before its end (exit 1)\n")

    def test_whoever_ends_it_gets_the_reports_of_what_was_played(self):
        """The run is ended first: what it says stays between the two words for GitHub, and nothing lives on."""
        self.start_gateway()
        self.prove(options=("--filter", SHOWS_IT))
        (self.out / "result.json").rename(self.home / "partial.json")
        run = "trap 'echo ::error::late; cp partial.json pinproof-report/result.json; exit 3' TERM; echo >started; while :; do sleep 0.05; done"
        write_script(self.home / "program", f'#!/bin/sh\n[ "$1" = run ] || exec "{PROGRAM}" "$@"\n{run}\n')
        for number in [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]:
            with self.subTest(signal=number):
                environment = {**self.environment(), "PINPROOF_PROGRAM": str(self.home / "program"), "GITHUB_ACTIONS": "true"}
                process = subprocess.Popen([PROVE, *PROFILE], cwd=self.home, env=environment, stdout=subprocess.PIPE, text=True)
                wait_for(self.home / "started")
                process.send_signal(number)
                lines = process.communicate(timeout=TIMEOUT)[0].splitlines()
                self.assertEqual(process.returncode, 3)
                token = lines[0].removeprefix("::stop-commands::")
                self.assertIn("::error::late", lines)
                self.assertEqual(lines[-1], f"::{token}::")
                self.assert_all_reports()
                (self.home / "started").unlink()

    def test_what_it_reads_is_not_among_what_it_makes_anew(self):
        self.start_gateway()
        self.prove(options=("--filter", SHOWS_IT))
        made = (self.out / "result.json").read_text()
        for option in ["--compare", "--ledger", "--profile"]:
            done = self.run_in_home(PROVE, *PROFILE, option, "ci/../pinproof-report/result.json", code=2)
            self.assertIn("is a report of an earlier run, which this one makes anew", done.stderr)
        self.assertEqual((self.out / "result.json").read_text(), made)

    def test_histories_of_others_stay(self):
        self.start_gateway()
        for name in ["old.jsonl", "notes.txt"]:
            (self.out / "histories").mkdir(parents=True, exist_ok=True)
            (self.out / "histories" / name).write_text("")
        self.prove(options=("--filter", SHOWS_IT))
        names = {path.name for path in (self.out / "histories").iterdir()}
        self.assertIn("notes.txt", names)
        self.assertNotIn("old.jsonl", names)

    def test_a_comparison_with_what_an_older_pinproof_kept_is_left_out(self):
        self.start_gateway()
        (self.home / "old.json").write_text('{"$schema": "result.schema.json", "format": 1}')
        done = self.prove("--compare", "old.json", options=("--filter", SHOWS_IT))
        self.assertIn("prove: --compare: old.json is no result that this pinproof reads; the reports compare with nothing\n", done.stderr)
        self.assert_all_reports()

    def test_a_summary_that_cannot_be_written_is_said_and_hides_no_verdict(self):
        for deviate, code in [((), 3), (("--deviate", DEVIATION), 1)]:
            self.start_gateway(*deviate)
            done = self.prove(code=code, options=("--filter", SHOWS_IT), GITHUB_STEP_SUMMARY="/dev/full")
            self.assertIn("prove: could not write the job's summary\n", done.stderr)
            self.assert_all_reports()

    def test_a_ledger_to_begin_with(self):
        """The first run writes down what does not hold, and the next has it excused."""
        self.start_gateway("--deviate", DEVIATION)
        self.prove("--write-ledger", "ci/ledger.json", code=1)
        written = json.loads((self.home / "ci" / "ledger.json").read_text())
        self.assertEqual((written["target"], written["requirements"][BROKEN]["verdict"]), ("gateway", "fail"))
        self.prove("--ledger", "ci/ledger.json")
        self.assertEqual(self.failed_cases(), [])

    def test_a_tree_is_built_before_the_gateways_variables_are_set(self):
        tree = self.base / "tree"
        (tree / "tools" / "ci").mkdir(parents=True)
        shutil.copy(PROVE, tree / "tools" / "ci" / "prove")
        program = tree / "build" / "release" / "tools" / "program" / "pinproof"
        built = '#!/bin/sh\necho "$1 A=$A root=$root" >>calls\nexit 3\n'
        write_script(tree / "built", built)
        write_script(
            tree / "tools" / "pinproof", f'#!/bin/sh\necho "launcher $1 A=$A" >>calls\nmkdir -p {program.parent}\ncp {tree}/built {program}\n'
        )
        (self.home / "ci" / "gateway.env").write_text("A=1\nroot=mine\n")
        self.run_in_home(str(tree / "tools" / "ci" / "prove"), *PROFILE, code=3, PINPROOF_PROGRAM="")
        self.assertEqual((self.home / "calls").read_text(), "launcher --version A=\nrun A=1 root=mine\n")
        write_script(tree / "tools" / "pinproof", "#!/bin/sh\nexit 1\n")
        done = self.run_in_home(str(tree / "tools" / "ci" / "prove"), *PROFILE, code=3, PINPROOF_PROGRAM="")
        self.assertEqual(done.stderr, "prove: there is no pinproof to run\n")

    def test_the_exit_code_survives_reports_that_cannot_be_written(self):
        """A program that plays, and cannot report: its run decides; a good run without reports is none."""
        for played, expected in [(0, 3), (1, 1), (3, 3), (4, 4)]:
            write_script(
                self.home / "plays",
                f'#!/bin/sh\n[ "$1" = run ] || exit 2\nfor o; do [ "$p" = --out ] && echo {{}} >"$o/result.json"; p=$o; done\nexit {played}\n',
            )
            done = self.run_in_home(PROVE, *PROFILE, code=expected, PINPROOF_PROGRAM=str(self.home / "plays"))
            self.assertEqual(done.stderr.count("prove: could not write a report: "), 7)

    def test_help(self):
        done = self.run_in_home(PROVE, "--help")
        self.assertIn("tools/ci/prove --profile FILE", done.stdout)


if __name__ == "__main__":
    unittest.main()
