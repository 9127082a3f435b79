"""The files of the CI kit: each is what its server reads, and every shell line in it runs, in the order in which the server would run it, in
a gateway's repository whose gateway is the lab's.   kit_test.py PATH-OF-PINPROOF
"""
import json
import pathlib
import re
import shutil
import sys
import unittest

import yaml

sys.dont_write_bytecode = True
from ci_testing import BROKEN, DEVIATION, KIT, CiTest, commit_all, git, write_script

OUT = "pinproof-report"
REPORT_FILES = ["junit.xml", "report.html", "summary.md", "badge.svg"]


def load_yaml(name):
    """GitHub's `on` is a word, not YAML 1.1's true."""
    text = (KIT / name).read_text()
    return yaml.safe_load(text.replace("\non:\n", '\n"on":\n'))


class KitTest(CiTest):
    ledger = None  # made once: what the conforming gateway is known for

    def make_repositories(self):
        """One of pinproof, to be cloned: the kit's own script, and a launcher that builds nothing; and the gateway's, with an origin."""
        self.pinproof = self.base / "pinproof.git"
        (self.pinproof / "tools" / "ci").mkdir(parents=True)
        shutil.copy(KIT / "prove", self.pinproof / "tools" / "ci" / "prove")
        write_script(self.pinproof / "tools" / "pinproof", '#!/bin/sh\nexec "$PINPROOF_PROGRAM" "$@"\n')
        commit_all(self.pinproof)
        KitTest.ledger = KitTest.ledger or self.ledger_of_a_good_gateway()
        (self.home / "ci" / "ledger.json").write_text(KitTest.ledger)
        commit_all(self.home)
        self.origin = self.base / "origin.git"
        self.origin.mkdir()
        git("init", "--quiet", "--bare", cwd=self.origin)
        git("remote", "add", "origin", str(self.origin), cwd=self.home)
        # Packages are not installed here.
        self.bin = self.base / "bin"
        write_script(self.bin / "apt-get", '#!/bin/sh\necho "$*" >>"$APT_CALLS"\n')

    def ledger_of_a_good_gateway(self):
        """It names what no gateway can be tried for over a profile, and nothing else."""
        self.start_gateway()
        write_ledger = '"$PINPROOF_PROGRAM" run --target ci/gateway.json --write-ledger ci/ledger.json --quiet'
        self.run_in_home("sh", "-c", f'export "$(cat ci/gateway.env)"; {write_ledger}')
        self.stop_gateway()
        text = (self.home / "ci" / "ledger.json").read_text()
        rows = [row for kind in ("scenarios", "requirements") for row in json.loads(text)[kind].values()]
        self.assertLessEqual({row["verdict"] for row in rows}, {"not_testable", "not_supported", "not_exercised"})
        return text

    def shell(self, shell, lines, code=0, deviate=False, **more):
        path = f"{self.bin}:{self.environment()['PATH']}"
        calls = self.base / "apt-calls"
        options = f"--deviate {DEVIATION}" if deviate else ""
        return self.run_in_home(*shell, lines, code=code, PATH=path, APT_CALLS=str(calls), LAB_OPTIONS=options, **more)

    def assert_published(self, deviate):
        for name in REPORT_FILES:
            self.assertTrue((self.out / name).stat().st_size, name)
        failed = [name for _, name in self.failed_cases()]
        self.assertEqual(BROKEN in failed, deviate, failed)
        self.assertEqual(bool(failed), deviate, failed)

    def each_way(self):
        """A gateway that conforms, and one that does not: (whether it deviates, the exit code of the last step)."""
        self.make_repositories()
        for deviate, code in [(False, 0), (True, 1)]:
            with self.subTest(deviate=deviate):
                yield deviate, code
            self.stop_gateway()
            shutil.rmtree(self.home / "pinproof", ignore_errors=True)


class GitHubTest(KitTest):
    def steps(self, job):
        return load_yaml("github.yml")["jobs"][job]["steps"]

    def test_every_step_runs(self):
        for deviate, code in self.each_way():
            git("clone", "--quiet", str(self.pinproof), "pinproof", cwd=self.home)  # actions/checkout, with its path
            lines = [step["run"] for step in self.steps("prove") if "run" in step]
            self.assertEqual(len(lines), 3)
            for line in lines:
                self.assertNotIn("${{", line)  # what people call a branch must not become a command
                self.shell(["bash", "-eo", "pipefail", "-c"], line, code if line == lines[-1] else 0, deviate)
            self.assert_published(deviate)

    def test_what_is_published_whatever_the_verdict(self):
        publishing = {step["uses"].split("@")[0]: step for step in self.steps("prove") if "with" in step and "if" in step}
        self.assertEqual({step["if"] for step in publishing.values()}, {"always()"})
        self.assertEqual(publishing["actions/upload-artifact"]["with"]["path"], f"{OUT}/")
        self.assertEqual(publishing["mikepenz/action-junit-report"]["with"]["report_paths"], f"{OUT}/junit.xml")

    def test_the_token_may_write_only_where_the_badge_is_pushed(self):
        workflow = load_yaml("github.yml")
        self.assertEqual(workflow["permissions"], {"contents": "read"})
        self.assertEqual({name: job.get("permissions") for name, job in workflow["jobs"].items()}, {"prove": None, "badge": {"contents": "write"}})

    def test_the_badge_goes_to_a_branch_of_its_own(self):
        self.make_repositories()
        self.out.mkdir()
        for name in ["badge.svg", "badge.shields.json", "junit.xml"]:
            (self.out / name).write_text(name)
        (lines,) = [step["run"] for step in self.steps("badge") if "run" in step]
        for _ in range(2):  # there may be one already
            self.shell(["bash", "-eo", "pipefail", "-c"], lines)
            files = git("ls-tree", "-r", "--name-only", "pinproof-badge", cwd=self.origin).split()
            self.assertEqual(files, ["badge.shields.json", "badge.svg"])
            git("switch", "--quiet", "main", cwd=self.home)
            git("branch", "--quiet", "-D", "pinproof-badge", cwd=self.home)


class GitLabTest(KitTest):
    def test_every_line_runs(self):
        job = load_yaml("gitlab-ci.yml")["pinproof"]
        variables = {name: value for name, value in job["variables"].items() if "$" not in value}
        for deviate, code in self.each_way():
            lines = "\n".join(job["before_script"] + job["script"])
            self.shell(["bash", "-eo", "pipefail", "-c"], lines, code, deviate, PINPROOF_REPOSITORY=str(self.pinproof), **variables)
            self.assert_published(deviate)
        self.assertIn("install -q -y --no-install-recommends ca-certificates ccache git", (self.base / "apt-calls").read_text())

    def test_it_is_what_gitlab_reads(self):
        """Keys and values as the reference of .gitlab-ci.yml has them."""
        content = load_yaml("gitlab-ci.yml")
        self.assertEqual(list(content), ["pinproof"])
        job = content["pinproof"]
        self.assertLessEqual(set(job), {"image", "timeout", "variables", "cache", "before_script", "script", "artifacts"})
        for key in ["before_script", "script"]:
            self.assertTrue(all(isinstance(line, str) for line in job[key]), key)
        self.assertEqual(job["artifacts"]["when"], "always")
        self.assertEqual(job["artifacts"]["reports"], {"junit": f"{OUT}/junit.xml"})
        self.assertEqual(job["artifacts"]["paths"], [f"{OUT}/"])  # expose_as wants paths without wildcards
        self.assertRegex(job["artifacts"]["expose_as"], r"^[A-Za-z0-9 _-]{1,100}$")
        self.assertTrue(all(isinstance(value, str) for value in job["variables"].values()))


class JenkinsTest(KitTest):
    TEXT = (KIT / "Jenkinsfile").read_text()

    def test_every_line_runs(self):
        blocks = re.findall(r"\bsh '''\n(.*?)'''", self.TEXT, re.DOTALL)
        self.assertEqual(len(blocks), len(re.findall(r"^\s*sh\b", self.TEXT, re.MULTILINE)))
        for deviate, code in self.each_way():
            parameters = {"PINPROOF_REPOSITORY": str(self.pinproof), "PINPROOF_REF": "main"}
            for block in blocks:
                self.shell(["sh", "-xe", "-c"], block, code if block == blocks[-1] else 0, deviate, **parameters)
            self.assert_published(deviate)

    def test_its_brackets_and_sections_are_those_of_a_declarative_pipeline(self):
        code = re.sub(r"'''.*?'''|'[^'\n]*'|\"[^\"\n]*\"|//[^\n]*", "", self.TEXT, flags=re.DOTALL)
        closing = {")": "(", "]": "[", "}": "{"}
        open_ones = []
        for character in code:
            if character in closing.values():
                open_ones.append(character)
            elif character in closing:
                self.assertEqual(open_ones.pop(), closing[character])
        self.assertEqual(open_ones, [])
        sections = re.findall(r"^  (\w+) \{", code, re.MULTILINE)
        self.assertEqual(sections, ["agent", "options", "parameters", "environment", "stages", "post"])

    def test_what_is_published_whatever_the_verdict(self):
        always = self.TEXT[self.TEXT.index("always {") :]
        self.assertIn(f"junit testResults: '{OUT}/junit.xml'", always)
        self.assertIn(f"archiveArtifacts artifacts: '{OUT}/**'", always)
        self.assertIn(f"reportDir: '{OUT}', reportFiles: 'report.html'", always)


class DocumentationTest(KitTest):
    PAGE = (pathlib.Path(KIT).parents[1] / "docs" / "ci.md").read_text()

    def test_the_lines_of_the_steps_run_as_they_stand(self):
        """Up to the ledger, for a gateway that has none yet; with its ledger the gateway is as expected, whatever it is."""
        steps = "\n".join(re.findall(r"^\d+\. .*(?:\n   .*)*", self.PAGE, re.MULTILINE))
        lines = re.findall(r"`(git clone [^`]+|ci/start-gateway|pinproof/[^`]+ [^`]+)`", steps[steps.index("\n6. ") :])
        prove = "pinproof/tools/ci/prove --profile ci/gateway.json"
        self.assertEqual(
            lines,
            [
                'git clone "$PINPROOF_REPOSITORY" pinproof',
                "ci/start-gateway",
                f"{prove} --env ci/gateway.env",
                f"{prove} --env ci/gateway.env --write-ledger ci/ledger.json",
                f"{prove} --ledger ci/ledger.json --env ci/gateway.env",
            ],
        )
        for deviate, code in self.each_way():
            (self.home / "ci" / "ledger.json").unlink()
            for line, expected in zip(lines, [0, 0, code, code, 0], strict=True):
                self.shell(["bash", "-c"], line, expected, deviate, PINPROOF_REPOSITORY=str(self.pinproof))
            ledger = json.loads((self.home / "ci" / "ledger.json").read_text())
            self.assertEqual(BROKEN in ledger["requirements"], deviate)
            self.assertEqual(self.failed_cases(), [])

    def test_the_page_has_the_exit_codes_of_the_script(self):
        codes = re.findall(r"^\| (\d) \|", self.PAGE, re.MULTILINE)
        self.assertEqual(codes, ["0", "1", "2", "3", "4"])
        said = re.search(r"# Exit: (.*?)\n(?!#)", (KIT / "prove").read_text(), re.DOTALL).group(1)
        self.assertEqual(re.findall(r"(?<![\w.])(\d) (?:as|a|no|with)\b", said), codes)

    def test_the_page_names_what_the_files_name(self):
        page = self.PAGE
        for name in ["github.yml", "gitlab-ci.yml", "Jenkinsfile"]:
            text = (KIT / name).read_text()
            self.assertIn(name, page)
            for path in set(re.findall(r"\bci/[a-z.-]+\b(?<!\.)", text)):
                if not path.startswith("ci/prove") and "tools/" + path not in text:
                    self.assertIn(path, page, f"{name} names {path}")


if __name__ == "__main__":
    unittest.main()
