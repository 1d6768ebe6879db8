"""A running server tells its readers what an import in another process adds."""

import json
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.serving import site

LINE = {"author": "jan", "time": "2024-05-01T10:00:00Z", "votes": {"piet": 1, "an": -1}}


def written(folder: Path, count: int) -> Path:
    path = folder / "praat.jsonl"
    lines = (json.dumps(LINE | {"id": n, "text": f"Bericht {n}"}) for n in range(count))
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.live
def test_readers_see_imported_messages_come_in_with_their_tallies(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    words = ("import", "jsonl", "--room", "praat", "--title", "Praat")
    with site(folder) as running:
        running.run(*words, str(written(tmp_path, 1)))
        with connect(running.live("praat"), origin=running.url, proxy=None) as socket:
            head = json.loads(socket.recv(timeout=10))["head"]
            running.run(*words, str(written(tmp_path, 30)))
            told: list[dict[str, object]] = []
            while len(told) < 29:
                frame = json.loads(socket.recv(timeout=20))
                told += [frame] if "seq" in frame else []
    assert [frame["seq"] for frame in told] == list(range(head + 1, head + 30))
    tallies = [frame["message"]["tally"] for frame in told]  # type: ignore[index]
    assert tallies == [{"agree": 1, "disagree": 1}] * 29
