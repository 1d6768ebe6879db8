"""Each server of the bench starts, takes residents and delivers what the generator posts."""

from pathlib import Path

import pytest

from bench.contenders import STARTERS
from bench.crowds import connected
from bench.load.measure import Load, measure

LOAD = Load(in_flight=2, warm_up=0.25, window=0.5)
NEEDS = {
    "ours, PostgreSQL": [pytest.mark.postgres, pytest.mark.redis],
}
SERVERS = [pytest.param(name, marks=NEEDS.get(name, [])) for name in STARTERS]


@pytest.mark.live
@pytest.mark.parametrize("name", SERVERS)
def test_every_message_reaches_everyone_once_in_one_order(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = _open_to_all(tmp_path_factory.mktemp("bench"))
    with STARTERS[name](folder) as contender, connected(contender, 7) as sockets:
        measured = measure(sockets, contender.wire, LOAD, cpu_seconds=contender.cpu_seconds)
        assert contender.cpu_seconds() > 0
    assert measured.flaws == ""
    assert measured.posted >= LOAD.in_flight
    assert measured.agreeing == 7


def _open_to_all(folder: Path) -> Path:
    """PostgreSQL runs as another user, and pytest keeps its folders to itself."""
    for place in (folder, *folder.parents):
        if place.stat().st_mode & 0o5 == 0o5:
            break
        place.chmod(0o755)
    return folder
