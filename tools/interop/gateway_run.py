"""The suite against a gateway that was not written here, before the lab's exits.

    gateway_run.py PINPROOF GATEWAY [options of `pinproof run`]

GATEWAY is haproxy, squid or proxy-chain. Starts the lab and the gateway, plays, prints what the program printed, and exits as it did;
with 2 where it is asked for wrongly, with 3 where something is missing or does not start: 1 is a verdict.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import gateways
from lab import Lab
from stage import Stage
from still_clock import StillClock

PROFILES = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "profiles"
SEED = "1"  # session ids follow from it, and from them what is hashed to where
WITHIN = 600  # seconds for the suite
SAID = 1000  # characters of a complaint
# Exit codes of `pinproof run`, which are those of this script: what it may not say itself is 1.
USAGE, COULD_NOT_RUN, WORST = 2, 3, 4
# On HAProxy's clock a second is 1.7 ms, less than a request takes: what has to be sent a second before a window's end, or at
# its end sharp, cannot be. gateway_facts_test.py has its window with minutes to spare.
A_SECOND_COUNTS = [
    "credentials/changed-account-on-a-connection", "key/sub-user", "pin/cut-in-the-window-asked-after-it",
    "pin/cut-then-timer-restarts", "pin/dropped-*", "pin/neighbour-keeps-its-timer", "pin/timer-*", "pool/burn-and-replace",
    "sticky/alive-at-29-59", "sticky/any-id-after-expiry", "sticky/expiry-is-not-announced", "sticky/first-answer-slow",
    "sticky/held-over-slow-answers", "sticky/later-requests-do-not-extend", "sticky/new-timer-after-expiry",
    "sticky/opened-by-connect", "sticky/over-at-30-00", "sticky/thirty-minutes-accepted", "sticky/window-of-*",
]  # fmt: skip
# Its first picks are random, and here it decides whether one happens to be where the user name asks for.
LUCK = ["pin/others-in-flight-go-on"]
# It writes a session's exit down when the first answer comes. Whether it has read all of the first requests of one instant by then
# is for the scheduler to say: with one thread, too, they are spread over ten exits in one run and over none in the next.
A_RACE = ["sticky/concurrent-first-*"]
SKIPPED = {"haproxy": [f"helodata/{scenario}" for scenario in A_SECOND_COUNTS + LUCK + A_RACE]}
# None of these gateways has a list of users; that two names differ is what counts.
ACCOUNTS = {name: {"user": user, "password": f"password-{name}"} for name, user in (("one", "s1a2b3c4d5e"), ("two", "s9z8y7x6w5v"))}


class DidNotEnd(Exception):
    pass


def ledger_of(name):
    return PROFILES / "ledgers" / f"{name}.json"


def play(stage, pinproof, name, options):
    """The suite's run, by then ended, and the gateway's process. Raises DidNotEnd when it takes longer than WITHIN."""
    profile = json.loads((PROFILES / f"{name}.json").read_text())
    clock = profile["clock"]
    moves_by_itself = clock["kind"] == "wall"
    scale = clock.get("scale", 1)
    kind_of_clock = f"scaled:{scale}" if moves_by_itself else "controlled"
    lab = Lab(stage, pinproof, "--no-gateway", "--dialect", profile["dialect"], "--clock", kind_of_clock)
    gateway = gateways.START[name](stage, gateways.parents(lab.exits()), scale=scale)
    described = {"url": f"http://127.0.0.1:{gateway.port}", "accounts": ACCOUNTS}
    if not moves_by_itself:
        still = stage.closing(StillClock(lambda: reset(lab, gateway)))
        described["clock"] = {"url": still.url, "token": still.token}
    command = [pinproof, "run", "--seed", SEED, "--target", PROFILES / f"{name}.json", "--max-time", "2h", *options]
    command += [word for scenario in SKIPPED.get(name, []) for word in ("--skip", scenario)]
    run = stage.start(
        "run", command, folder=pathlib.Path.cwd(),
        environment={
            "PINPROOF_LAB": json.dumps(lab.ready),
            "PINPROOF_CA": pathlib.Path(lab.ready["ca"]).read_text(),
            "PINPROOF_GATEWAY": json.dumps(described),
        },
    )  # fmt: skip
    try:
        run.popen.wait(WITHIN)
    except subprocess.TimeoutExpired:
        raise DidNotEnd(f"not done within {WITHIN} s; it said:\n{run.output()}") from None
    return run, gateway.process


def reset(lab, gateway):
    """Exits first: Squid looks at its parents as it starts, and shuns for a while those that it finds down."""
    lab.reset()
    gateway.restart()


def missing(name):
    """What has to be installed for the gateway and is not, in words, or nothing."""
    if name != "proxy-chain":
        return "" if shutil.which(name) else f"no program {name} on PATH"
    if not (gateways.HERE / "node_modules" / name).is_dir():
        return f"no {name} in tools/interop/node_modules"
    return "" if gateways.node() else "no program node on PATH"


def say(name, trouble):
    """In one line, whatever stands in it."""
    print(f"gateway_run.py: {name}:", " ".join(str(trouble).split())[-SAID:], file=sys.stderr)


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2 or arguments[1] not in gateways.START:
        print(f"usage: gateway_run.py PINPROOF {'|'.join(gateways.START)} [options of `pinproof run`]", file=sys.stderr)
        return USAGE
    pinproof, name, *options = arguments
    if lack := missing(name):
        say(name, f"{lack}; tools/install-dependencies interop installs it")
        return COULD_NOT_RUN
    try:
        with Stage() as stage:
            run, _ = play(stage, str(pathlib.Path(pinproof).resolve()), name, options)
            print(run.output(), end="", flush=True)
            status = run.popen.returncode
    except Exception as error:  # a port that is taken, a program that is none, a user who may not: never a verdict
        say(name, f"{type(error).__name__}: {error}")
        return COULD_NOT_RUN
    if not 0 <= status <= WORST:
        say(name, f"pinproof ended with {status}")
        return COULD_NOT_RUN
    return status


if __name__ == "__main__":
    sys.exit(main())
