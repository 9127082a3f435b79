"""The stage leaves nothing behind, however it ends.

    stage_test.py [unittest's arguments]
"""
import os
import pathlib
import select
import signal
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
from stage import DidNotStart, Stage, free_port

HERE = pathlib.Path(__file__).resolve().parent
GONE_WITHIN = 10
# A program with a child of its own, that neither ends nor listens to a polite word.
STUBBORN = [
    sys.executable,
    "-c",
    "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(); print('here', flush=True); signal.pause()",
]


def ended(pid):
    """Its parent may not have fetched its exit status yet."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def members(group):
    found = []
    for process in pathlib.Path("/proc").iterdir():
        if process.name.isdigit() and not ended(process.name):
            try:
                if os.getpgid(int(process.name)) == group:
                    found.append(int(process.name))
            except ProcessLookupError:
                pass
    return found


class StageTest(unittest.TestCase):
    def test_processes_their_children_and_the_folder_go_when_it_is_left(self):
        with Stage() as stage:
            process = stage.start("stubborn", STUBBORN, pipe=True)
            process.next_line()
            self.assertNotEqual(members(process.pid), [])
        self.assertEqual(members(process.pid), [])
        self.assertFalse(stage.folder.exists())

    def test_they_go_when_the_program_is_killed(self):
        program = (
            f"import sys; sys.path.insert(0, {str(HERE)!r}); sys.dont_write_bytecode = True\n"
            "from stage import Stage\n"
            "stage = Stage()\n"
            f"process = stage.start('stubborn', {STUBBORN!r}, pipe=True)\n"
            "process.next_line()\n"
            "print(process.pid, stage.guardian.pid, stage.folder, flush=True)\n"
            "import signal; signal.pause()\n"
        )
        killed = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        group, guardian, folder = killed.stdout.readline().split()
        self.assertNotEqual(members(int(group)), [])
        guardian = os.pidfd_open(int(guardian))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        killed.stdout.close()
        # The guardian is nobody's child now; its end can be waited for all the same.
        self.assertEqual(select.select([guardian], [], [], GONE_WITHIN)[0], [guardian])
        os.close(guardian)
        self.assertEqual(members(int(group)), [])
        self.assertFalse(pathlib.Path(folder).exists())

    def test_one_that_does_not_listen_is_told_of_with_what_it_said(self):
        with Stage() as stage:
            process = stage.start("quitter", [sys.executable, "-c", "raise SystemExit('no such port')"])
            with self.assertRaisesRegex(DidNotStart, "(?s)quitter does not accept.*exit status 1.*no such port"):
                process.wait_until_it_accepts(free_port())


if __name__ == "__main__":
    unittest.main()
