"""Rates: a burst, then a steady pace, whoever else is busy."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.kernel.limits import Limiter, Rate

RATE = Rate(burst=3, seconds=2.0)


def test_a_burst_passes_and_the_next_one_waits() -> None:
    limiter = Limiter(RATE)
    assert [limiter.wait("a", 0.0) for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]
    assert limiter.wait("a", 1.0) == 1.0
    assert limiter.wait("a", 2.0) == 0.0


def test_one_person_does_not_slow_another() -> None:
    limiter = Limiter(RATE)
    for _ in range(9):
        limiter.wait("a", 0.0)
    assert limiter.wait("b", 0.0) == 0.0


def test_who_was_quiet_for_long_gets_one_burst_and_no_more() -> None:
    limiter = Limiter(RATE)
    limiter.wait("a", 0.0)
    assert [limiter.wait("a", 1000.0) for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 20)), max_size=60))
def test_never_more_than_a_burst_and_the_pace(steps: list[tuple[str, float]]) -> None:
    limiter, now, passed = Limiter(RATE), 0.0, {"a": 0, "b": 0}
    for key, later in steps:
        now += later
        passed[key] += limiter.wait(key, now) == 0.0
        assert passed[key] <= RATE.burst + now / RATE.seconds + 1e-9


@given(st.lists(st.integers(0, 50), max_size=100))
def test_it_never_remembers_more_than_it_may(keys: list[int]) -> None:
    limiter = Limiter(RATE, most=10)
    for moment, key in enumerate(keys):
        limiter.wait(key, moment / 10)
        assert len(limiter._buckets) <= 10


def test_who_is_full_again_is_forgotten() -> None:
    limiter = Limiter(RATE)
    for key in range(100):
        limiter.wait(key, 0.0)
    limiter.wait("late", 6.0)
    assert set(limiter._buckets) == {"late"}
