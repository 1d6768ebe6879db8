"""Private details in a text: found when they are real, left alone when they only look so."""

import pytest

from moderation.private import Kind, details


def kinds(text: str) -> list[str]:
    return [one.kind.value for one in details(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mijn bsn is 111222333.", Kind.BSN),
        ("Mijn bsn: 111 222 333", Kind.BSN),
        ("Maak het over op NL91ABNA0417164300", Kind.IBAN),
        ("rekening NL91 ABNA 0417 1643 00, dank", Kind.IBAN),
        ("Bel 06-12345678 even", Kind.PHONE),
        ("Bel 06 12 34 56 78", Kind.PHONE),
        ("+31612345678", Kind.PHONE),
        ("020 1234567", Kind.PHONE),
        ("Hij woont op 1234 AB 12", Kind.ADDRESS),
        ("Lindestraat 12, 1234 AB", Kind.ADDRESS),
        ("mail jan.de.boer@example.nl", Kind.EMAIL),
    ],
)
def test_a_private_detail_is_found(text: str, kind: Kind) -> None:
    assert kind.value in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Er rijden hier 111222334 auto's per jaar.",
        "Dat kost 123.456.789 euro.",
        "In 2026 komt er in de Lindestraat een drempel.",
        "Bij nummer 12 staat altijd een busje.",
        "Van 1990 tot 2005 was hier een school.",
        "Zaaknummer 2026-000123456",
        "Lijn 12 rijdt om 08.15 en 08.45.",
        "NL00ABNA0417164300",
        "Het is @ het plein om 10.30.",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_where_it_stands_is_told() -> None:
    text = "Bel 0612345678 of mail a@b.nl"
    assert {text[one.start : one.end] for one in details(text)} == {"0612345678", "a@b.nl"}
