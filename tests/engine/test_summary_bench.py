"""The summary bench itself: sets, targets, long chats, and what a black box is allowed to say."""

import json
import re
import sys
from pathlib import Path

import pytest

from bench.summary import ours, sets, synthesis, targets
from bench.summary.process import measured
from bench.summary.rows import Row

OWN = [*sets.labelled(None)]
_NEED = {
    "id": "n1",
    "title": {"text": "Bus", "citations": [{"message": "1", "start": 0, "end": 3}]},
    "summary": [],
    "messages": ["1"],
    "support": ["2"],
}
_AGENDA: dict[str, object] = {"needs": [_NEED], "noise": ["3"]}


@pytest.mark.parametrize("chat", OWN, ids=lambda chat: chat.name)
def test_every_line_of_our_own_chats_is_labelled_once(chat: sets.Labelled) -> None:
    labels = [*chat.labels, *chat.noise, *chat.support]
    assert sorted(labels) == sorted(line["id"] for line in chat.messages)


@pytest.mark.parametrize("chat", OWN, ids=lambda chat: chat.name)
def test_our_own_chats_are_two_fifths_small_talk_and_answer_what_was_said(
    chat: sets.Labelled,
) -> None:
    seen: set[str] = set()
    for line in chat.messages:
        assert line.get("reply_to") is None or line["reply_to"] in seen
        seen.add(line["id"])
    assert len(chat.noise) / len(chat.messages) == pytest.approx(0.4, abs=0.02)


def test_the_first_half_has_the_earliest_messages_and_their_labels() -> None:
    chat = OWN[0]
    half = chat.first(0.5)
    assert half.messages == chat.messages[: len(chat.messages) // 2]
    assert {*half.labels, *half.noise, *half.support} == {line["id"] for line in half.messages}


def test_a_set_with_an_order_instead_of_times_gets_times(tmp_path: Path) -> None:
    lines = [{"id": str(n), "author": "a", "time": n, "text": "x"} for n in (10, 9)]
    (tmp_path / "messages.jsonl").write_text("\n".join(map(json.dumps, lines)))
    gold = {"kind": "topics", "lang": "nl", "labels": {"9": "bus", "gone": "bus"}}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    chat = sets.read(tmp_path)
    assert [line["time"] for line in chat.messages] == [
        "2026-01-01T09:00:00+00:00",
        "2026-01-01T10:00:00+00:00",
    ]
    assert chat.labels == {"9": "bus"}


def test_an_agenda_is_read_with_its_short_answers_and_quoted_titles() -> None:
    found = ours.outcome(_AGENDA)
    assert (found.titles, found.needs, found.everything) == (["Bus"], [["1"]], [["1", "2"]])
    assert found.sentences[0]["citations"][0]["message"] == "1"


@pytest.mark.parametrize("wrong", [{"noise": ["1"]}, {"needs": [_NEED, _NEED]}])
def test_a_message_in_two_places_is_an_error(wrong: dict[str, object]) -> None:
    with pytest.raises(ours.Failed):
        ours.outcome(_AGENDA | wrong)


def test_a_process_is_measured_and_ended_when_it_takes_too_long() -> None:
    # It is looked at while it runs, so it has to work for longer than one look takes.
    busy = "print(input()); kept = bytearray(20 * 2**20); print(sum(range(30_000_000)) > 0)"
    done = measured([sys.executable, "-c", busy], "hello", limit=60)
    assert (done.code, done.out) == (0, "hello\nTrue\n")
    assert 20 < done.megabytes < 100
    asleep = measured([sys.executable, "-c", "import time; time.sleep(60)"], "", limit=0.2)
    assert asleep.code is None


def _row(engine: str, chat: str, value: float | None) -> Row:
    names = [*targets.BEATEN, "on_topic", "titles", "exact"]
    return Row(chat, engine, dict.fromkeys(names, value) | {"nobody": 0.0})


def test_the_better_prototype_is_the_target_on_each_set_and_a_tenth_more_on_average() -> None:
    rows = [
        *(_row("prototype, 1", chat, value) for chat, value in (("a", 0.2), ("b", 0.6))),
        *(_row("prototype, 2", chat, value) for chat, value in (("a", 0.4), ("b", 0.5))),
        *(_row("NMF", chat, 0.99) for chat in "ab"),
        *(_row("ours", chat, value) for chat, value in (("a", 0.4), ("b", 0.59))),
    ]
    found = [one for one in targets.targets(rows, growth=False) if one.figure == "b_cubed"]
    assert [(one.where, one.limit, one.met) for one in found] == [
        ("a", 0.4, True),
        ("b", 0.6, False),
        (targets.AVERAGE, pytest.approx(0.55), False),
    ]


def test_an_engine_that_failed_misses_every_target() -> None:
    rows = [_row("prototype, 1", "a", 0.1), Row("a", "ours", {}, "broken")]
    found = targets.targets(rows, growth=True)
    assert found
    assert not any(one.met for one in found)


def test_a_long_chat_is_the_same_every_time_and_begins_with_the_shorter_one() -> None:
    chats = [chat for chat in OWN if chat.lang == "nl"]
    longer = synthesis.chat(chats, 300, "nl")
    assert longer[:100] == synthesis.chat(chats, 100, "nl")
    assert longer[:100] != synthesis.chat(chats, 100, "nl", seed=2)


def test_words_keep_coming_in_a_long_chat() -> None:
    chats = [chat for chat in OWN if chat.lang == "nl"]
    texts = [line["text"] for line in synthesis.chat(chats, 4000, "nl")]
    real = synthesis.heaps([*chats[0].texts.values()])[1]
    assert synthesis.heaps(texts)[1] == pytest.approx(real, abs=0.1)
    words = re.findall(r"[^\W\d_]+", " ".join(texts).lower())
    assert len({*words}) > 3 * len(
        {*re.findall(r"[^\W\d_]+", " ".join(chats[0].texts.values()).lower())}
    )
