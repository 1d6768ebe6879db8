"""The bench judges as the issue asks: ratios within a round, no praise where a delivery failed."""

from pathlib import Path

import pytest

from bench.plan import planned
from bench.plot import picture
from bench.report import Run, kept, now
from bench.rows import Row, compare
from bench.scenarios import CROWDS, NAMES, OURS, SOCKETIO, Goal, Idle, Opening
from bench.table import table, verdict

FASTER = Goal("deliveries_per_second", 5, SOCKETIO)
SOON = Goal("p99_ms", 100, at_most=True)


def a_row(server: str = OURS[0], **fields: object) -> Row:
    values = {"deliveries_per_second": 600_000.0, "p50_ms": 40.0, "p99_ms": 80.0}
    given: dict[str, object] = {
        "scenario": "crowd",
        "title": "1,000 readers, 32 in flight",
        "figure": "deliveries_per_second",
        "values": values,
        "spread": (590_000.0, 610_000.0),
        "goal": FASTER,
        "compared": 6.0,
        "rounds": [{}, {}],
    }
    return Row(server=server, **given | fields)  # type: ignore[arg-type]


def test_a_ratio_is_taken_round_by_round() -> None:
    assert compare(FASTER, [600.0, 300.0, 500.0], [100.0, 50.0, 125.0]) == 6.0


def test_a_bound_without_a_peer_takes_the_median() -> None:
    assert compare(SOON, [80.0, 300.0, 90.0], []) == 90.0


@pytest.mark.parametrize(("goal", "value"), [(FASTER, 4.99), (SOON, 100.1)])
def test_a_goal_that_is_missed_fails(goal: Goal, value: float) -> None:
    assert a_row(goal=goal, compared=value).passed is False


@pytest.mark.parametrize(("goal", "value"), [(FASTER, 5.0), (SOON, 100.0)])
def test_a_goal_that_is_just_reached_passes(goal: Goal, value: float) -> None:
    assert a_row(goal=goal, compared=value).passed is True


def test_speed_does_not_make_up_for_a_lost_message() -> None:
    assert a_row(flaws="1 lost").passed is False


def test_a_peer_is_not_judged() -> None:
    assert a_row(SOCKETIO, goal=None, compared=None).passed is None


def test_the_goals_are_those_of_the_issue() -> None:
    goals = {(c.readers, a.load.in_flight, str(a.goal)) for c in CROWDS for a in c.asks}
    assert goals == {
        (1000, 32, "≥ 5 × socket.io"),
        (1000, 4, "≥ 2 × socket.io"),
        (1000, 1, "≤ 1.5 × socket.io"),
        (200, 4, "≥ 20 × Channels chat"),
        (1000, 0, "≤ 100 ms p99"),
    }
    (steady,) = (a.load for c in CROWDS for a in c.asks if a.load.rate)
    assert (steady.rate, steady.window) == (50.0, 60.0)
    assert (Idle().connections, Idle().memory.limit, Idle().processor.limit) == (10_000, 60, 0.1)
    assert (Opening().large, Opening().goal.limit) == (100_000, 1.2)


def test_only_what_was_asked_is_planned() -> None:
    plan = planned(["channels", "idle"], ["ours, SQLite"], quick=True)
    assert [crowd.servers for crowd in plan.crowds] == [("ours, SQLite",)]
    assert plan.opening is None
    assert plan.idle is not None
    assert plan.idle.servers == ("ours, SQLite",)
    assert planned(NAMES, OURS, quick=True).seconds() < planned(NAMES, OURS, quick=False).seconds()


def test_the_table_says_what_was_reached() -> None:
    rows = [a_row(SOCKETIO, goal=None, compared=None), a_row(), a_row(OURS[1], compared=4.2)]
    text = table(rows)
    assert text.count("1,000 readers, 32 in flight") == 1
    assert "6.00 ×  ✓" in text
    assert "4.20 ×  ✗" in text
    assert verdict(rows) == "1 of 2 goals reached."


def test_a_run_is_kept_with_its_machine_and_drawn(tmp_path: Path) -> None:
    machine = {"processor": "P", "cores": 2, "kernel": "6.1"}
    idle = a_row(title="idle", figure="kb_each", values={"kb_each": 25.0}, goal=Idle().memory)
    run = Run(now(), "abc1234", True, machine, 4e6, [a_row(SOCKETIO, goal=None), a_row(), idle])
    path = kept(run, tmp_path)
    assert '"processor": "P"' in path.read_text()
    assert picture(run, path.with_suffix(".png")).read_bytes().startswith(b"\x89PNG")
