"""The bench of opinion groups: what Polis exports is read right, and compared fairly."""

import json
from pathlib import Path

import pytest

from bench.summary import groups, polis
from bench.summary.groups import CONSENSUS, RAND, TYPICAL, Grouped


def export(place: Path) -> None:
    place.mkdir()
    (place / "comments.csv").write_text(
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "2000,1,7,1,0,1,Second\n1000,0,7,1,0,1,First\n3000,2,8,0,0,-1,Rejected\n"
    )
    (place / "participants-votes.csv").write_text(
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n"
        "7,0,2,2,1,1,1,-1,1\n8,,1,1,0,0,,0.0,\n9,1,0,1,1,0,1,,\n"
    )


def test_an_export_is_read_with_its_votes_and_without_what_was_rejected(tmp_path: Path) -> None:
    export(tmp_path / "town")
    (chat,) = polis.conversations(None, tmp_path)
    assert (chat.name, chat.groups) == ("town", {"7": "0", "9": "1"})
    assert [line["text"] for line in chat.messages] == ["First", "Second"]
    assert chat.votes == {"0": {"7": 1, "9": 1}, "1": {"7": -1, "8": 0}}


def test_a_labelled_set_is_read_with_the_statements_that_tell(tmp_path: Path) -> None:
    place = tmp_path / "set"
    place.mkdir()
    (place / "messages.jsonl").write_text('{"id": "0", "author": "a", "time": 1, "text": "x"}\n')
    (place / "votes.jsonl").write_text('["a", {"0": 1}]\n["b", {"0": -1}]\n')
    gold = {
        "kind": "groups",
        "groups": {"a": "0", "b": "1"},
        "consensus": {"agree": [0], "disagree": []},
        "repness": {"0": [[0, "agree"]]},
    }
    (place / "gold.json").write_text(json.dumps(gold))
    (chat,) = polis.conversations(tmp_path, None)
    assert chat.votes == {"0": {"a": 1, "b": -1}}
    assert (chat.consensus, chat.typical) == (
        frozenset({("0", "agree")}),
        {"0": frozenset({("0", "agree")})},
    )


def test_only_people_that_both_grouped_are_compared() -> None:
    theirs = {"a": "0", "b": "0", "c": "1", "d": "1", "left out by us": "1"}
    ours = {"a": "x", "b": "x", "c": "y", "d": "y", "left out by them": "x"}
    assert groups.rand(ours, theirs) == pytest.approx(1.0)
    # Of 6 pairs 2 are together in theirs, 3 in ours, 1 in both; expected 2 × 3 / 6 = 1.
    assert groups.rand({**ours, "c": "x"}, theirs) == pytest.approx(0.0)
    assert groups.rand({}, theirs) is None


def test_statements_are_told_for_the_groups_of_polis() -> None:
    here, there = [f"h{n}" for n in range(20)], [f"t{n}" for n in range(20)]
    votes = {
        "0": dict.fromkeys([*here, *there], 1),
        "1": {**dict.fromkeys(here, 1), **dict.fromkeys(there, -1)},
    }
    chat = polis.Conversation(
        "town",
        [{"id": one, "votes": by} for one, by in votes.items()],
        {**dict.fromkeys(here, "0"), **dict.fromkeys(there, "1")},
        frozenset({("0", "agree")}),
        {"0": frozenset({("1", "agree"), ("0", "agree")}), "1": frozenset({("1", "disagree")})},
    )
    assert groups.told(chat) == {CONSENSUS: 1.0, TYPICAL: pytest.approx(2 / 3)}


def test_a_target_that_has_no_figure_is_missed() -> None:
    name = "american-assembly.bowling-green"
    failed = Grouped(name, "ours", [], {}, 1.0, "no memory")
    beside = Grouped(name, "red-dwarf", [1], {RAND: 0.9}, 1.0)
    assert [one.met for one in groups.targets([failed, beside])] == [False]
    reached = Grouped(name, "ours", [800, 700], {RAND: 0.8}, 1.0)
    assert [one.met for one in groups.targets([reached])] == [True]


def test_without_a_conversation_there_is_nothing_to_compare(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BENCH_POLIS", raising=False)
    assert groups.run(None) is None
    assert "BENCH_POLIS" in capsys.readouterr().out
