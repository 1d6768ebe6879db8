"""What the engine promises about its memory: the log alone decides."""

import os
import random
import subprocess
import sys

import pytest
from sklearn.metrics import adjusted_rand_score

from deliberation.engine import Agenda, Contribution, agenda, update
from tests.engine.material import CHATS, chat

EARLY = chat("lindenbuurt_nl")[:160]


def by_message(found: Agenda) -> dict[str, str]:
    return {message: need.id for need in found.needs for message in need.messages}


def test_one_by_one_and_all_at_once_give_the_same_bytes() -> None:
    single = None
    for one in EARLY:
        single = update(single, [one])
    assert single is not None
    assert agenda(single) == agenda(update(None, EARLY))


@pytest.mark.parametrize("seed", range(3))
def test_however_the_log_is_cut_the_agenda_is_the_same(seed: int) -> None:
    chance = random.Random(seed)
    state, left = None, list(EARLY)
    while left:
        size = chance.randint(1, 40)
        state, left = update(state, left[:size]), left[size:]
    assert state is not None
    assert agenda(state).hash == agenda(update(None, EARLY)).hash


def test_another_process_with_other_threads_and_hashes_gives_the_same_bytes() -> None:
    lines = (CHATS / "lindenbuurt_nl" / "messages.jsonl").read_bytes().splitlines()[:120]
    outcomes = {
        subprocess.run(
            [sys.executable, "-m", "deliberation", "summarise"],
            input=b"\n".join(lines),
            capture_output=True,
            check=True,
            env=os.environ
            | {"PYTHONHASHSEED": str(seed), "OMP_NUM_THREADS": str(seed), "TZ": zone},
        ).stdout
        for seed, zone in ((1, "UTC"), (4, "Asia/Tokyo"))
    }
    assert len(outcomes) == 1
    assert b'"needs"' in next(iter(outcomes))


def test_growth_does_not_reshuffle_what_was_there() -> None:
    whole = chat("lindenbuurt_nl")
    state = update(None, whole[:360])
    before = by_message(agenda(state))
    after = by_message(agenda(update(state, whole[360:])))
    kept = [one for one in before if one in after]
    assert len(kept) > 0.9 * len(before)
    assert adjusted_rand_score([before[one] for one in kept], [after[one] for one in kept]) >= 0.9


def test_a_removed_message_is_nowhere_at_once() -> None:
    state = update(None, EARLY)
    need = agenda(state).needs[0]
    gone = need.messages[0]
    after = agenda(update(state, [], [gone]))
    everywhere = {one for each in after.needs for one in (*each.messages, *each.support)}
    assert gone not in everywhere | set(after.noise)
    cited = [one for each in after.needs for one in each.title.citations]
    assert all(citation.message != gone for citation in cited)


def test_an_unknown_removal_changes_nothing() -> None:
    state = update(None, EARLY)
    before = agenda(state).hash
    assert agenda(update(state, [], ["never seen"])).hash == before


def test_an_edit_keeps_its_place_in_the_exchange() -> None:
    state = update(None, EARLY)
    first = EARLY[0]
    edited = Contribution(id=first.id, author=first.author, at=first.at, text="Anders", thread="t")
    rows = len(state.rows)
    state = update(state, [edited])
    assert len(state.rows) == rows
    assert state.rows[state.row_of[first.id]].contribution == edited


@pytest.mark.parametrize("seed", range(4))
def test_every_citation_matches_after_any_edits_and_removals(seed: int) -> None:
    chance = random.Random(seed)
    state = update(None, EARLY)
    text = {one.id: one.text for one in EARLY}
    for one in chance.sample(EARLY, 40):
        if chance.random() < 0.5:
            state, _ = update(state, [], [one.id]), text.pop(one.id)
        else:
            words = one.text.split()
            chance.shuffle(words)
            text[one.id] = " ".join(words)
            changed = Contribution(
                id=one.id, author=one.author, at=one.at, text=text[one.id], thread=one.thread
            )
            state = update(state, [changed])
        for need in agenda(state).needs:
            minority = [position.sentence for position in need.minority]
            for sentence in (need.title, *need.summary, *minority):
                assert sentence.citations
                for each in sentence.citations:
                    assert text[each.message][each.start : each.end] == sentence.text
            assert set(need.messages) <= text.keys()


def test_a_chat_in_which_nothing_is_said_has_no_needs_and_goes_on() -> None:
    words = ["hoi", "Bericht", "ok", "haha", "+1", "Bericht 7", "dank je", "..."] * 5
    said = [
        Contribution(id=str(n), author=str(n % 3), at=float(n), text=text, thread="t")
        for n, text in enumerate(words)
    ]
    state = update(None, said)
    assert agenda(state).needs == ()
    assert update(state, [], removals=[one.id for one in said]).counted == 0
