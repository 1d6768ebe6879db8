"""A chain of versions: any changed byte is found, and where it is."""

import random
from collections.abc import Callable

import pytest

from deliberation.agenda.chain import FIRST, Flaw, Link, first_flaw, hash_of, sealed

ALPHABET = 'abc019{}[]":,é م\n'


def a_chain(length: int = 4) -> list[Link]:
    links: list[Link] = []
    for number in range(1, length + 1):
        needs = [
            {"id": pk, "kenmerk": f"BH-2026-{pk:04}", "people": number * pk, "sentences": []}
            for pk in range(1, number + 2)
        ]
        before = links[-1].hash if links else FIRST
        content = sealed({"number": number, "previous": before, "needs": needs})
        links.append(Link(number, content, hash_of(content)))
    return links


def changed(links: list[Link], place: int, **fields: object) -> list[Link]:
    return [
        Link(**{**vars(link), **fields}) if at == place else link for at, link in enumerate(links)
    ]


def test_what_was_adopted_has_no_flaw() -> None:
    assert first_flaw(a_chain()) is None
    assert first_flaw([]) is None


def test_another_number_in_a_need_is_found_in_that_need() -> None:
    links = a_chain()
    content = links[1].content.replace('"people":4', '"people":5')
    assert first_flaw(changed(links, 1, content=content)) == Flaw(
        2, "content or hash: need BH-2026-0002"
    )


def test_a_change_with_hashes_that_fit_is_found_in_the_version_after_it() -> None:
    links = a_chain(2)
    needs = [{"id": 1, "kenmerk": "BH-2026-0001", "people": 9, "sentences": []}]
    content = sealed({"number": 1, "previous": FIRST, "needs": needs})
    rewritten = changed(links, 0, content=content, hash=hash_of(content))
    assert first_flaw(rewritten) == Flaw(2, "previous: it does not follow the version before it")


def test_a_changed_hash_is_named_where_the_version_after_it_knows_better() -> None:
    links = a_chain()
    assert first_flaw(changed(links, 2, hash="0" * 64)) == Flaw(
        3, "hash: it is not the hash of the content"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda links: links[1:],
        lambda links: [links[0], *links[2:]],
        lambda links: [links[1], links[0], *links[2:]],
        lambda links: [links[0], links[0], *links[1:]],
        lambda links: changed(links, 1, number=7),
    ],
)
def test_a_version_that_is_missing_twice_there_or_elsewhere_is_found(
    change: Callable[[list[Link]], list[Link]],
) -> None:
    flaw = first_flaw(change(a_chain()))
    assert flaw is not None
    assert flaw.place.startswith("number")


def test_any_of_a_thousand_changes_is_found() -> None:
    rng, links = random.Random(4), a_chain()
    for _ in range(1000):
        place, kind = rng.randrange(len(links)), rng.choice(["content", "hash", "number", "order"])
        if kind == "order":
            other = rng.choice([at for at in range(len(links)) if at != place])
            tampered = list(links)
            tampered[place], tampered[other] = tampered[other], tampered[place]
        elif kind == "number":
            tampered = changed(links, place, number=links[place].number + rng.choice([-1, 1, 10]))
        else:
            was = getattr(links[place], kind)
            tampered = changed(links, place, **{kind: mutated(was, rng)})
        flaw = first_flaw(tampered)
        assert flaw is not None, (kind, place)
        if kind != "order":
            assert flaw.number == tampered[place].number
        else:
            assert flaw.number == tampered[min(place, other)].number


def mutated(text: str, rng: random.Random) -> str:
    """The text with one character changed, added or gone."""
    at = rng.randrange(len(text))
    letter = rng.choice([one for one in ALPHABET if one != text[at]])
    return rng.choice(
        [
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
        ]
    )
