"""Whatever is edited, hidden or erased: what an agenda says stands in what is left."""

import pickle
import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.engine import Agenda, Contribution, Parameters, State, agenda, update
from deliberation.engine.shapes import Sentence
from tests.engine.material import chat

HEARD = chat("lindenbuurt_nl")[40:130]
MARK = "zxqv"  # a word that nobody in the chat uses

changes = st.lists(
    st.tuples(st.integers(0, len(HEARD) - 1), st.sampled_from(("edit", "mark", "remove", "again"))),
    max_size=15,
)


def sentences(found: Agenda) -> Iterator[Sentence]:
    for need in found.needs:
        yield need.title
        yield from need.summary
        yield from (position.sentence for position in need.minority)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(changes)
def test_every_sentence_is_cited_and_every_citation_stands_in_its_message(
    changes: list[tuple[int, str]],
) -> None:
    state, texts = update(None, HEARD), {one.id: one.text for one in HEARD}
    for number, what in changes:
        state = changed(state, texts, HEARD[number], what)
    found = agenda(state)
    for one in sentences(found):
        assert one.citations
        for each in one.citations:
            assert texts[each.message][each.start : each.end] == one.text
    told = {one for need in found.needs for one in (*need.messages, *need.support)}
    assert told | set(found.noise) == texts.keys()


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.sets(st.integers(0, len(HEARD) - 1), min_size=1, max_size=30))
def test_nothing_of_a_removed_message_is_left_on_the_agenda(gone: set[int]) -> None:
    marked = [
        Contribution(
            id=f"id-{number}", author=one.author, at=one.at, text=f"{one.text} {MARK}{number}."
        )
        for number, one in enumerate(HEARD)
    ]
    ids = [f"id-{number}" for number in sorted(gone)]
    written = repr(agenda(update(update(None, marked), [], ids)))
    for number in gone:
        assert not re.search(rf"({MARK}|id-){number}\b", written)


def test_a_copy_made_while_a_look_is_being_made_goes_on_as_the_original() -> None:
    slow = Parameters(work=0.05)
    original = State(parameters=slow)
    for number, one in enumerate(HEARD):
        original = update(original, [one])
        if original.looking is not None and number > len(HEARD) // 2:
            break
    copy = pickle.loads(pickle.dumps(original))
    rest = HEARD[number + 1 :]
    assert rest
    assert agenda(update(original, rest)) == agenda(update(copy, rest))


def changed(state: State, texts: dict[str, str], said: Contribution, what: str) -> State:
    """One change of the log, done to the engine and to what should be left."""
    if what == "remove":
        texts.pop(said.id, None)
        return update(state, [], [said.id])
    text = {
        "edit": " ".join(reversed(said.text.split())),
        "mark": f"{said.text} Dat moet echt anders!",
        "again": said.text,
    }[what]
    texts[said.id] = text
    edited = Contribution(id=said.id, author=said.author, at=said.at, text=text, thread=said.thread)
    return update(state, [edited])
