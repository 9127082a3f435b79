#!/usr/bin/env python3
"""What a request costs in the gateway: pinproof's beside HAProxy, Squid, tinyproxy and proxy-chain, in one run.

    tools/bench/gateways.py PINPROOF BENCH_GATEWAY [--seconds N] [--only NAME…] [--json]

wrk asks for a small page by 64 proxy users in turn, each kept on an exit; the path is wrk, gateway, exit, origin. Exits and
origin are one process of `pinproof lab`. The gateway has one core for itself, everything else the other, so that a gateway that is
cheap waits for the rest: what counts is requests per second of processor time spent in the gateway (all its threads), not per
second. Memory is what each of 5,000 idle client connections adds, each after one request.

tinyproxy cannot choose an exit by user and keeps no connection: it does less than the others. PINPROOF is the program, BENCH_GATEWAY the lab's gateway as
a process of its own, which the build makes beside this benchmark. Needs `tools/install-dependencies interop bench`.
"""
import argparse
import base64
import json
import os
import pathlib
import resource
import socket
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "interop"))
import gateways
from lab import Lab
from stage import Stage, free_port

GATEWAY_CORE, OTHER_CORE = 0, 1
EXITS = 8
USERS = 64
CONNECTIONS = 64
IDLE = 5000
URL = "http://shop.origin.test/t/t-load?size=1000"
USER = "helo_s1a2b3c4d5e-type-res-region-us-session-N-sesstime-30"
PASSWORD = "lab-password-one"
WARM_UP = 1  # seconds, not counted
OPEN_FILES = 2 * IDLE + 2000  # of the gateway, which may hold an upstream connection for each client's


def start_tinyproxy(stage, exits, **_):
    file = stage.folder / "tinyproxy.conf"

    def launch(port):
        file.write_text(
            f"Port {port}\nListen 127.0.0.1\nTimeout 600\nMaxClients {IDLE + 500}\nLogLevel Critical\n"
            f"Upstream http {exits[0]['ip']}:{exits[0]['port']}\n"
        )
        process = stage.start("tinyproxy", ["tinyproxy", "-d", "-c", file])
        process.wait_until_it_accepts(port)
        return process, port

    return gateways.Gateway(stage, launch, free_port())


def start_pinproof(program):
    def start(stage, exits, **_):
        def launch(_):
            process = stage.start("pinproof", [program, *(f"{exit['ip']}:{exit['port']}" for exit in exits)], pipe=True)
            return process, int(process.next_line())

        return gateways.Gateway(stage, launch, 0)

    return start


def pin(pid, core):
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(thread), {core})


def processor_seconds(pid):
    """Of all its threads, those that have ended too."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_kib(pid):
    """What the process alone holds, and its share of what it has in common with others."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise LookupError("no Pss")


def load(gateway, seconds, closing):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", HERE / "load.lua", f"http://127.0.0.1:{gateway.port}", "--"]
    command += [URL, USERS, USER, PASSWORD, *(["close"] if closing else [])]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True, timeout=seconds + 60)
    return json.loads(done.stdout.splitlines()[-1])


def measured(gateway, seconds, closing):
    load(gateway, WARM_UP, closing)
    before = processor_seconds(gateway.process.pid)
    result = load(gateway, seconds, closing)
    spent = processor_seconds(gateway.process.pid) - before
    return {**result, "cpu_seconds": spent, "per_cpu_second": result["requests"] / spent, "busy": spent / result["seconds"]}


def request_of(user):
    credentials = base64.b64encode(f"{USER.replace('N', str(user))}:{PASSWORD}".encode()).decode()
    return f"GET {URL} HTTP/1.1\r\nHost: shop.origin.test\r\nProxy-Authorization: Basic {credentials}\r\n\r\n".encode()


def served_connection(gateway, user):
    connection = socket.create_connection(("127.0.0.1", gateway.port), timeout=30)
    connection.sendall(request_of(user))
    received = b""
    while b"\r\n\r\n" not in received or len(received.split(b"\r\n\r\n", 1)[1]) < 1000:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError(f"the gateway closed: {received[:200]}")
        received += more
    return connection


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


def idle_kib(gateway):
    """None where the gateway does not keep connections."""
    before = memory_kib(gateway.process.pid)
    connections = []
    try:
        for number in range(IDLE):
            connections.append(served_connection(gateway, number % USERS))
        added = memory_kib(gateway.process.pid) - before
        return added / IDLE if all(map(is_open, connections)) else None
    finally:
        for connection in connections:
            connection.close()


def measure(name, start, lab_options, pinproof, seconds):
    with Stage() as stage:
        lab = Lab(stage, pinproof, *lab_options)
        gateway = start(stage, lab.exits(), connections=IDLE + 500)
        pin(lab.process.pid, OTHER_CORE)
        pin(gateway.process.pid, GATEWAY_CORE)
        result = {"gateway": name, "kept_alive": measured(gateway, seconds, False), "closing": measured(gateway, seconds, True)}
    with Stage() as stage:  # a fresh one: what the load left behind is not counted
        lab = Lab(stage, pinproof, *lab_options)
        gateway = start(stage, lab.exits(), connections=IDLE + 500)
        result["idle_kib"] = idle_kib(gateway)
    return result


def table(results):
    haproxy = next((result for result in results if result["gateway"] == "haproxy"), None)
    lines = [f"{'':12} {'kept-alive: requests':>32}   {'closing: requests':>32}   {'idle':>8}"]
    lines.append(f"{'':12} " + 2 * f"{'/s':>7} {'/CPU s':>8} {'ratio':>6} {'busy':>5} {'p99':>5} ms " + f" {'KiB':>8}")
    for result in results:
        columns = []
        for way in ("kept_alive", "closing"):
            seen = result[way]
            ratio = f"{seen['per_cpu_second'] / haproxy[way]['per_cpu_second']:.2f}" if haproxy else "-"
            rate = seen["requests"] / seen["seconds"]
            columns.append(f"{rate:7.0f} {seen['per_cpu_second']:8.0f} {ratio:>6} {seen['busy']:5.0%} {seen['p99_us'] / 1000:5.1f}    ")
            if seen["failed"] or seen["not_2xx"]:
                columns[-1] = columns[-1][:-3] + "(!) "
        idle = f"{result['idle_kib']:8.1f}" if result["idle_kib"] is not None else f"{'closes':>8}"
        lines.append(f"{result['gateway']:12} {''.join(columns)} {idle}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pinproof")
    parser.add_argument("bench_gateway")
    parser.add_argument("--seconds", type=int, default=5, help="of each of the two loads")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these gateways only")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < OPEN_FILES:
        sys.exit(f"needs {OPEN_FILES} open files, and the hard limit is {hard}: ulimit -Hn")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, OPEN_FILES), hard))
    os.sched_setaffinity(0, {OTHER_CORE})  # and wrk
    starts = {"pinproof": start_pinproof(arguments.bench_gateway), **gateways.START, "tinyproxy": start_tinyproxy}
    unknown = set(arguments.only or []) - set(starts)
    if unknown:
        sys.exit(f"unknown gateway {', '.join(sorted(unknown))}; there are {', '.join(starts)}")
    lab_options = ["--dialect", "helodata", "--exits", str(EXITS), "--clock", "wall", "--no-gateway"]
    results = []
    for name in arguments.only or starts:
        print(f"gateways: measuring {name}", file=sys.stderr)
        results.append(measure(name, starts[name], lab_options, arguments.pinproof, arguments.seconds))
    print(json.dumps(results, indent=2) if arguments.json else table(results))
    # A gateway that answered with errors was not measured at what it is for.
    return int(any(result[way]["failed"] or result[way]["not_2xx"] for result in results for way in ("kept_alive", "closing")))


if __name__ == "__main__":
    sys.exit(main())
