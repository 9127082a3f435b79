#!/usr/bin/env python3
"""`pinproof explore` from outside: what it finds, leaves behind and exits with, and that the scenario it hands back is one.

    cli_explore_test.py PROGRAM
"""
import json
import os
import pty
import shutil
import signal
import subprocess
import unittest

from cli_testing import PROGRAM, ROOT, TIMEOUT, CliTest
from other_gateway_test import started

SILENT = ["--deviate", "helodata-repin-silent", "--requirement", "H-PIN-2"]


class ExploreTest(CliTest):
    def explore(self, *arguments, code=0, **options):
        return self.run_program("explore", *arguments, code=code, **options)

    def dialects(self, *arguments, code=0, **options):
        return json.loads(self.explore("--json", *arguments, code=code, **options).stdout)["dialects"]

    def files(self, folder):
        """Everything in it, by its place there."""
        paths = sorted(path for path in (self.folder / folder).rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder / folder)): path.read_bytes() for path in paths}

    def test_the_reference_breaks_nothing(self):
        done = self.explore("--cases", 300, "--seed", 5)
        self.assertEqual(
            done.stderr,
            "pinproof: seed 5, 300 cases a dialect of up to 50 commands, shard 1/1, target sim (crawlera, helodata)\n",
        )
        self.assertNotIn("\x1b", done.stdout)
        self.assertRegex(done.stdout, r"\nNo promise was broken in 600 cases, \d+\.\d s \(\d+ cases a second\)\n\Z")

    def test_a_counterexample_is_a_scenario(self):
        self.explore(*SILENT, "--out", "found", code=1)
        (file,) = (self.folder / "found" / "helodata" / "explore").iterdir()
        scenario = json.loads(file.read_text())
        self.assertEqual(scenario["id"], f"helodata/explore/{file.stem}")
        self.assertEqual(scenario["requirements"], ["H-PIN-2"])
        self.assertEqual(
            scenario["steps"][:2] + [scenario["steps"][2]["request"]],
            [{"request": "r1", "user": "u1"}, {"drop": {"served": "r1"}}, "r2"],
        )
        self.run_program("validate", file)
        for target in ["sim", "lab"]:
            replay = ["replay", file, "--target", target, "--json"]
            wrong = json.loads(self.run_program(*replay, "--deviate", "helodata-repin-silent", code=1).stdout)
            self.assertEqual([one["verdict"] for one in wrong["scenarios"]], ["fail"])
            right = json.loads(self.run_program(*replay).stdout)
            self.assertEqual([one["verdict"] for one in right["scenarios"]], ["pass"])

    def test_the_same_seed_gives_the_same_bytes(self):
        arguments = ["--deviate", "crawlera-lost-ip-kept", "--cases", 400, "--keep-going", "--json"]
        first = self.explore(*arguments, "--out", "one", "--jobs", 1, code=1)
        second = self.explore(*arguments, "--out", "two", "--jobs", 3, code=1)
        self.assertEqual(first.stdout, second.stdout)
        self.assertGreater(len(self.files("one")), 1)
        self.assertEqual(self.files("one"), self.files("two"))

    def test_shards_share_the_cases(self):
        (whole,) = self.dialects("--dialect", "crawlera", "--cases", 301)
        parts = [self.dialects("--dialect", "crawlera", "--cases", 301, "--shard", f"{i}/3")[0] for i in (1, 2, 3)]
        for count in ["cases", "commands", "steps", "virtual_seconds"]:
            self.assertEqual(sum(part[count] for part in parts), whole[count], count)
        for requirement, cases in whole["coverage"]["requirements"].items():
            self.assertEqual(sum(part["coverage"]["requirements"].get(requirement, 0) for part in parts), cases)

    def test_shards_merge_to_the_bytes_of_one_run(self):
        """With a corpus that grew in an earlier run, a gateway that is wrong, and all that is written."""
        search = ["--deviate", "crawlera-lost-ip-kept", "--keep-going"]
        self.explore(*search, "--seed", 3, "--cases", 100, "--corpus", "corpus", code=1)
        self.assertGreater(len(self.files("corpus")), 10)
        for copy in ["corpus-of-one", "corpus-of-three"]:
            shutil.copytree(self.folder / "corpus", self.folder / copy)
        search += ["--seed", 4, "--cases", 301]
        whole = self.explore(*search, "--corpus", "corpus-of-one", "--out", "one", "--json", code=1)
        for shard in (1, 2, 3):
            self.explore(*search, "--corpus", "corpus-of-three", "--shard", f"{shard}/3", "--out", f"shard-{shard}", code=1)
        self.assertEqual(self.files("corpus-of-three"), self.files("corpus"), "shards leave the corpus as it is")
        shards = ["shard-3", "shard-1", "shard-2"]
        merged = self.explore("--merge", *shards, "--corpus", "corpus-of-three", "--out", "three", "--json", code=1)
        self.assertEqual(merged.stdout, whole.stdout)
        self.assertEqual(self.files("three"), self.files("one"))
        self.assertGreater(len(self.files("one")), 3)
        self.assertEqual(self.files("corpus-of-three"), self.files("corpus-of-one"))
        self.assertGreater(len(self.files("corpus-of-one")), len(self.files("corpus")))

        self.assert_refused("explore", "--merge", "shard-1", "shard-3", says="shard 2/3 is missing")
        self.assert_refused("explore", "--merge", *shards, "shard-2", says="shard-2: found shard 2/3, which shard-2 is, expected each once")
        self.assert_refused("explore", "--merge", *shards, "--corpus", "corpus-of-one", says="as the shards had")
        (self.folder / "shard-2" / "explore.json").write_text('{"explore": 2}')
        self.assert_refused("explore", "--merge", *shards, says="at /explore: found 2, expected an integer from 1 to 1")

    def test_a_corpus_is_played_first_and_grows(self):
        search = ["--dialect", "helodata", "--cases", 200, "--corpus", "corpus", "--json"]
        (first,) = self.dialects(*search)
        self.assertEqual(first["corpus"]["cases"], 0)
        files = self.files("corpus/helodata")
        self.assertGreater(len(files), 10)
        (second,) = self.dialects(*search, "--frozen")
        self.assertEqual(self.files("corpus/helodata"), files)
        self.assertEqual(second["corpus"]["cases"], len(files))
        self.assertEqual(second["corpus"]["features"], first["corpus"]["new_features"], "what was kept shows it again")
        self.assertEqual(second["cases"], 200 + len(files))
        self.explore(*search)
        self.assertLess(files.items(), self.files("corpus/helodata").items(), "more cases, and every one of before")
        # Of two corpora, one is made by copying.
        self.explore("--dialect", "helodata", "--cases", 100, "--seed", 9, "--corpus", "other")
        shutil.copytree(self.folder / "other", self.folder / "corpus", dirs_exist_ok=True)
        self.explore(*search, "--frozen")

    def test_a_broken_corpus_is_refused(self):
        self.explore("--dialect", "crawlera", "--cases", 20, "--corpus", "corpus")
        case = sorted((self.folder / "corpus" / "crawlera").iterdir())[0]
        search = ["explore", "--dialect", "crawlera", "--cases", 20, "--corpus", "corpus"]
        text = case.read_text()
        case.write_text(text.replace('"crawlera"', '"helodata"'))
        self.assert_refused(*search, says=f'{case.name}: at /dialect: found "helodata", expected')
        case.write_text(text.replace('"generator": 1', '"generator": 999'))
        done = self.run_program(*search)
        self.assertIn(f"1 cases of crawlera are of another generator, as is corpus/crawlera/{case.name}, and are left out", done.stderr)
        case.rename(case.with_name("0000000000000000.json"))
        case.with_name("0000000000000000.json").write_text(text)
        self.assert_refused(*search, says="found the name 0000000000000000, expected " + case.stem)

    def test_an_interrupted_search_hands_over_what_it_has(self):
        command = [PROGRAM, "explore", "--cases", "100000000", "--dialect", "crawlera", "--corpus", "corpus", "--out", "out"]
        running = subprocess.Popen(
            command, cwd=self.folder, env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        # Its first line is written once everything is loaded, right before the first case.
        self.assertTrue(running.stderr.readline().startswith("pinproof: seed 1"))
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=TIMEOUT)
        self.assertEqual(running.returncode, 3, out)
        self.assertIn("interrupted", out)
        (dialect,) = json.loads((self.folder / "out" / "explore.json").read_text())["dialects"]
        self.assertEqual(dialect["ended"], "interrupted")
        self.assert_refused("explore", "--merge", "out", says="crawlera ended interrupted, expected all its cases played")

    def test_ctrl_c_while_files_are_read_is_heard(self):
        root = self.folder / "root"
        shutil.copytree(ROOT / "conformance" / "requirements", root / "conformance" / "requirements")
        (root / "conformance" / "vocabulary").symlink_to(ROOT / "conformance" / "vocabulary")
        (root / "scenarios").symlink_to(ROOT / "scenarios")
        slow = root / "conformance" / "requirements" / "helodata.json"
        text = slow.read_text()
        slow.unlink()
        os.mkfifo(slow)
        running = subprocess.Popen(
            [PROGRAM, "explore", "--dialect", "helodata", "--cases", "100000000", "--deviate", "helodata-repin-silent"],
            cwd=self.folder, env={**os.environ, "PINPROOF_ROOT": str(root)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        with slow.open("w") as pipe:  # which is open once the program reads there
            running.send_signal(signal.SIGINT)
            pipe.write(text)
        out, err = running.communicate(timeout=TIMEOUT)
        self.assertEqual(running.returncode, 3, out + err)
        self.assertIn("interrupted", out, err)

    def test_a_target_that_forgets_its_journal_is_searched_to_the_end(self):
        with started(PROGRAM, "lab", "--dialect", "helodata", "--clock", "controlled") as ready:
            (found,) = self.dialects("--target", "lab-helodata", "--cases", 120, "--seed", 2, env={"PINPROOF_LAB": json.dumps(ready)})
        self.assertEqual((found["cases"], found["unjudged"], found["ended"], found["troubles"]), (120, 0, "all played", []))

    def test_a_target_that_dies_ends_the_search(self):
        with started(PROGRAM, "lab", "--dialect", "helodata", "--clock", "controlled") as ready:
            search = ["--target", "lab-helodata", "--cases", "20000", "--keep-going", "--out", "out"]
            running = subprocess.Popen(
                [PROGRAM, "explore", *search],
                cwd=self.folder, env={**os.environ, "PINPROOF_ROOT": str(ROOT), "PINPROOF_LAB": json.dumps(ready)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            self.assertTrue(running.stderr.readline().startswith("pinproof: seed 1"))
        out, _ = running.communicate(timeout=TIMEOUT)
        self.assertEqual(running.returncode, 3, out)
        (found,) = json.loads((self.folder / "out" / "explore.json").read_text())["dialects"]
        self.assertEqual(found["ended"], "target lost")
        self.assertEqual(found["unjudged"], 3)
        self.assertLess(found["cases"], 20000)
        last = out.rstrip().splitlines()[-1]
        what = f"No promise was broken in {found['cases']} cases" if found["cases"] else "Nothing was judged in 0 cases"
        self.assertTrue(last.startswith(what + ", 3 more could not be judged"), last)
        self.assert_refused("explore", "--merge", "out", says="helodata ended target lost, expected all its cases played")

    def test_what_a_target_broke_is_handed_over_though_it_cannot_be_played_again(self):
        for how in ["interrupted", "killed"]:
            with self.subTest(how=how), started(PROGRAM, "lab", "--clock", "controlled", "--deviate", "helodata-repin-silent") as ready:
                environment = {**os.environ, "PINPROOF_ROOT": str(ROOT), "PINPROOF_LAB": json.dumps(ready)}
                search = ["--target", "lab-helodata", "--cases", "1000000", "--keep-going", "--requirement", "H-PIN-2", "--out", how]
                shown, terminal = pty.openpty()  # to see its progress
                running = subprocess.Popen([PROGRAM, "explore", *search], cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=terminal, text=True)
                os.close(terminal)
                said = b""
                while b" 1 finding" not in said:
                    said += os.read(shown, 4096)
                os.kill(running.pid if how == "interrupted" else ready["pid"], signal.SIGINT if how == "interrupted" else signal.SIGKILL)
                out, _ = running.communicate(timeout=TIMEOUT)
                os.close(shown)
            self.assertEqual(running.returncode, 1, out)
            self.assertIn("1 counterexample in ", out)
            self.assertNotIn("No promise was broken", out)
            if how == "killed":
                self.assertIn("It could not be played again: ", out)
            (file,) = (self.folder / how).glob("helodata/explore/h-pin-2-*.json")
            self.run_program("replay", str(file), "--deviate", "helodata-repin-silent", code=1)

    def test_a_case_that_the_profile_does_not_allow_is_not_judged(self):
        profile = json.loads((ROOT / "scenarios" / "profiles" / "lab-helodata.json").read_text())
        del profile["$schema"]
        self.write("few.json", json.dumps({**profile, "name": "few", "limits": {"requests_per_scenario": 1}}))
        with started(PROGRAM, "lab", "--dialect", "helodata", "--clock", "controlled") as ready:
            environment = {"PINPROOF_LAB": json.dumps(ready)}
            (found,) = self.dialects("--target", "few.json", "--cases", 20, "--seed", 2, code=3, env=environment)
        self.assertEqual(found["cases"] + found["unjudged"], 20)
        self.assertGreater(found["unjudged"], 10)
        self.assertTrue(found["troubles"])

    def test_a_scenario_of_the_extended_set_is_replayed_with_it(self):
        search = ["--set", "extended", "--deviate", "crawlera-errors-without-the-session", "--requirement", "C-EXT-1", "--out", "out"]
        out = " ".join(self.explore(*search, code=1).stdout.split())
        self.assertRegex(out, r"pinproof replay out/crawlera/explore/c-ext-1-\w+\.json --seed \d+ --deviate crawlera-errors-without-the-session --set extended")

    def test_caps_are_scaled_and_the_scenario_is_not(self):
        (found,) = self.dialects("--deviate", "crawlera-cap-of-5001", "--requirement", "C-SES-9", code=1)
        (counterexample,) = found["counterexamples"]
        self.assertTrue(counterexample["confirmed"])
        self.assertRegex(json.dumps(counterexample["scenario"]["steps"]), r'"count": (4995|4999|5000|5001)')

    def test_coverage_can_be_required(self):
        done = self.explore("--dialect", "helodata", "--cases", 2, "--require-coverage", code=1)
        self.assertIn("not reached", done.stdout)
        self.explore("--cases", 2000, "--seed", 5, "--require-coverage")

    def test_a_block_is_told_from_a_case(self):
        out = self.explore(*SILENT, code=1).stdout
        self.assertIn("256 cases", out)
        self.assertIn("Cases are played in blocks of 256, and the block of a finding is played to", " ".join(out.split()))

    def test_where_nothing_can_be_left_is_said_first(self):
        """A hundred million cases would take a day."""
        search = ["explore", "--dialect", "crawlera", "--cases", 100000000]
        self.write("file", "in the way")
        self.assert_refused(*search, "--out", "file", says="--out: found file, which is no folder")
        self.assert_refused(*search, "--out", "file/below", says="--out: file/below")
        self.assert_refused(*search, "--corpus", "file", says="--corpus: ")
        self.assert_refused(*search, "--corpus", "new", "--out", "file", says="--out: found file")
        self.explore("--dialect", "crawlera", "--cases", 2, "--out", "used")
        used = "--out: used/explore.json was left by another run, whose counterexamples would stand beside this one's; expected a folder without one"
        self.assert_refused(*search, "--out", "used", says=used)
        self.assert_refused("explore", "--merge", "used", "--out", "used", says=used)
        (self.folder / "corpus" / "crawlera").mkdir(parents=True)
        os.mkfifo(self.folder / "corpus" / "crawlera" / "0123456789abcdef.json")
        self.assert_refused(*search, "--corpus", "corpus", says="0123456789abcdef.json: found no regular file, expected the file of a case")

    def test_what_is_wrong_is_said(self):
        for shard in ["0/2", "3/2", "2", "a/b"]:
            self.assert_refused("explore", "--shard", shard, says="I/N, with I from 1 to N: 2/8")
        self.assert_refused("explore", "--for", "soon", says="a duration: 10m")
        self.assert_refused("explore", "--requirement", "H-PIN-99", says='--requirement "H-PIN-99"')
        for dialect, name in [("crawlera", "H-PIN-2"), ("helodata", "C-SES-1"), ("helodata", "H-POOL-1"), ("crawlera", "G-2")]:
            self.assert_refused("explore", "--dialect", dialect, "--requirement", name, says=f"no case of {dialect} can show on this target that it is broken")
        self.assert_refused("explore", "--requirement", "H-NOT-3", says='--requirement "H-NOT-3" matches nothing: it promises nothing')
        self.assert_refused("explore", "--deviate", "no-such", says="no-such")
        self.assert_refused("explore", "--frozen", says="--frozen is for a --corpus")
        self.assert_refused("explore", "--corpus", "c", "--shard", "1/2", says="--shard with --corpus needs --out")
        self.assert_refused("explore", "shard-1", says="folders go with --merge")
        self.assert_refused("explore", "--merge", says="the folders that shards left")
        self.assert_refused("explore", "--merge", "shard-1", "--seed", 2, says="--out, --corpus, --json and --require-coverage at most")
        self.assert_refused("explore", "--merge", "no-such", says="no-such/explore.json")


if __name__ == "__main__":
    unittest.main()
