"""A folder and the processes of one test, all gone when it is left: also when the test fails, or is killed.

    with Stage() as stage:
        server = stage.start("server", [program, "--port", str(port)])
        server.wait_until_it_accepts(port)
"""
import contextlib
import os
import pathlib
import random
import selectors
import signal
import socket
import subprocess
import sys
import tempfile

START_WITHIN = 30  # seconds: a browser or a Node program on a busy machine
END_WITHIN = 2
PROBE_EVERY = 0.02
LOG_SHOWN = 3000  # characters, from the end: where programs say why they stopped


class DidNotStart(Exception):
    pass


class Process:
    """A program in a process group of its own, its output in a file of the stage's folder."""

    def __init__(self, name, popen, log):
        self.name, self.popen, self.log = name, popen, log

    @property
    def pid(self):
        return self.popen.pid

    def output(self):
        return self.log.read_text(errors="replace")

    def wait_until_it_accepts(self, port, host="127.0.0.1"):
        """Waits by the process' end: nothing is slept through that could be noticed."""
        for _ in range(int(START_WITHIN / PROBE_EVERY)):
            with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(PROBE_EVERY)
                break
        raise self.did_not_start(f"does not accept connections at {host}:{port}")

    def say(self, line):
        self.popen.stdin.write(line.encode() + b"\n")
        self.popen.stdin.flush()

    def next_line(self):
        """Of its standard output, which was asked for as a pipe."""
        received = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.popen.stdout, selectors.EVENT_READ)
            while not received.endswith(b"\n"):
                if not selector.select(START_WITHIN):
                    raise self.did_not_start("printed no whole line")
                # One byte at a time: what follows the line is for others to read.
                byte = os.read(self.popen.stdout.fileno(), 1)
                if not byte:
                    raise self.did_not_start("ended without a line")
                received += byte
        return received.decode()

    def did_not_start(self, why):
        return DidNotStart(f"{self.name} {why}; exit status {self.popen.poll()}; it said:\n{self.output()[-LOG_SHOWN:]}")


class Stage:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pinproof-interop-"))
        self.folder.chmod(0o755)  # programs that run as a user of their own read their configurations here
        self.processes = []
        self.servers = contextlib.ExitStack()
        # In a session of its own, so that Ctrl-C and a test runner's kill pass it by.
        self.guardian = subprocess.Popen(
            [sys.executable, str(pathlib.Path(__file__).with_name("guardian.py")), str(self.folder)],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self, name, command, *, pipe=False, input=False, environment=None, user=None, folder=None):
        """`pipe`: its standard output can be read; else it goes to the log, like its standard error. `input`: it can be spoken to. `user`: run as that one, where
        this program may choose. `folder`: the one it starts in, if not the stage's."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.PIPE if input else subprocess.DEVNULL,
                stdout=subprocess.PIPE if pipe else output,
                stderr=output,
                # What they leave in their own folders for such things goes with ours.
                env={**os.environ, "TMPDIR": str(self.folder), **(environment or {})},
                cwd=folder or self.folder,
                process_group=0,
                **({"user": user, "group": user, "extra_groups": []} if user and os.geteuid() == 0 else {}),
            )
        self.tell("started", popen.pid)
        process = Process(name, popen, log)
        self.processes.append(process)
        return process

    def closing(self, server):
        """Something of this process' own that has to be closed with the stage."""
        self.servers.callback(server.close)
        return server

    def stop(self, process, insist=False):
        """Asks, and insists where asking is not enough, or not wanted."""
        for number in [signal.SIGKILL] if insist else [signal.SIGTERM, signal.SIGKILL]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.popen.wait(END_WITHIN)
        for stream in (process.popen.stdin, process.popen.stdout):
            if stream:
                stream.close()
        self.processes.remove(process)
        self.tell("ended", process.pid)

    def close(self):
        for process in reversed(list(self.processes)):
            self.stop(process)
        self.servers.close()
        self.guardian.stdin.close()
        self.guardian.wait()

    def tell(self, word, group):
        print(word, group, file=self.guardian.stdin, flush=True)


def free_port():
    """One that nobody listens at, and that no outgoing connection is given: below the system's range for those."""
    lowest = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for port in random.sample(range(lowest // 2, lowest), 100):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise DidNotStart("found no free port")
