#!/usr/bin/env python3
"""How many cases a second Hypothesis' stateful testing plays of a small model of sticky sessions, to compare `pinproof explore` with.

The model is the smallest that has the events of an explored case: requests under four keys, waits to the window's end and around it,
drops and restores of exits; a gateway of thirty lines, and one check a request. There is no HTTP in it, no origin, no history and no
judge, all of which a case of `pinproof explore` has.

    apt-get install python3-hypothesis && tools/bench/hypothesis_model.py --cases 300
"""

import argparse
import time

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

KEYS = ["a-us", "a-de", "b-us", "b-de"]
EXITS = list(range(6))
WINDOW = 1800
WAITS = [1, 10, 60, 300, WINDOW - 1, WINDOW, WINDOW + 1]

cases = 0
commands = 0


class Gateway:
    def __init__(self):
        self.now = 0
        self.up = set(EXITS)
        self.pins = {}
        self.picks = 0

    def pick(self):
        alive = sorted(self.up)
        self.picks += 1
        return alive[self.picks * 7 % len(alive)] if alive else None

    def request(self, key):
        exit_, started = self.pins.get(key, (None, 0))
        alive = exit_ is not None and self.now < started + WINDOW
        if alive and exit_ in self.up:
            return exit_, False
        fresh = self.pick()
        if fresh is None:
            return None, False
        self.pins[key] = (fresh, self.now)
        return fresh, alive


class Sessions(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        global cases
        cases += 1
        self.gateway = Gateway()
        self.seen = {}

    def count(self):
        global commands
        commands += 1

    @rule(key=st.sampled_from(KEYS))
    def request(self, key):
        self.count()
        exit_, announced = self.gateway.request(key)
        before = self.seen.get(key)
        if exit_ is None:
            return
        if before and self.gateway.now < before[1] + WINDOW and before[0] in self.gateway.up:
            assert exit_ == before[0] and not announced
        else:
            self.seen[key] = (exit_, self.gateway.now)

    @rule(seconds=st.sampled_from(WAITS))
    def wait(self, seconds):
        self.count()
        self.gateway.now += seconds

    @rule(exit_=st.sampled_from(EXITS))
    def drop(self, exit_):
        self.count()
        self.gateway.up.discard(exit_)

    @rule(exit_=st.sampled_from(EXITS))
    def restore(self, exit_):
        self.count()
        self.gateway.up.add(exit_)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--commands", type=int, default=50)
    arguments = parser.parse_args()
    begun = time.perf_counter()
    run_state_machine_as_test(
        Sessions,
        settings=settings(
            max_examples=arguments.cases,
            stateful_step_count=arguments.commands,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    seconds = time.perf_counter() - begun
    print(f"{cases} cases, {commands} commands, {seconds:.1f} s: {cases / seconds:.0f} cases and {commands / seconds:.0f} commands a second")


if __name__ == "__main__":
    main()
