"""The scan over all lines finds what a loop over them finds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.chain import Costs, Flags, Steps, starts


def _by_loop(steps: Steps, first: Flags) -> list[bool]:
    start, more, back = 0.0, 1e6, []
    for i in range(1, len(first)):
        if first[i]:
            back.append((start <= more, start <= more))
            start, more = 0.0, 1e6
            continue
        a, b, c, d = (float(costs[i]) for costs in steps)
        back.append((start + a <= more + b, start + c <= more + d))
        start, more = min(start + a, more + b), min(start + c, more + d)
    states = [start <= more]
    for from_start, from_more in reversed(back):
        states.append(from_start if states[-1] else from_more)
    return [state or bool(flag) for state, flag in zip(reversed(states), first, strict=True)]


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 50), st.integers(0, 10_000))
def test_chain_scan_equals_the_loop(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    costs: list[Costs] = [random.normal(0, 3, n) for _ in range(4)]
    first: Flags = random.random(n) < 0.2
    first[0] = True
    steps = Steps(*costs)
    assert starts(steps, first).tolist() == _by_loop(steps, first)


def test_chain_of_nothing_is_nothing() -> None:
    assert len(starts(Steps(*[np.zeros(0)] * 4), np.zeros(0, np.bool_))) == 0
