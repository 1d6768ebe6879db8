"""What in a text may be someone's private details. Pure; it warns and explains, people decide.

Citizen service numbers (BSN) and IBANs are told from other numbers by their check digits:
https://www.rvig.nl/bsn and ISO 13616 (modulus 97).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_IBAN_LENGTH = range(15, 35)


class Kind(StrEnum):
    BSN = "bsn"
    IBAN = "iban"
    PHONE = "phone"
    ADDRESS = "address"
    EMAIL = "email"


@dataclass(frozen=True)
class Detail:
    """Something of `kind` in the characters from `start` to `end`."""

    kind: Kind
    start: int
    end: int


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _is_bsn(found: str) -> bool:
    digits = _digits(found)
    total = sum(w * int(d) for w, d in zip(_BSN_WEIGHTS, digits, strict=True))
    return int(digits) > 0 and total % 11 == 0


def _is_iban(found: str) -> bool:
    code = "".join(found.split()).upper()
    moved = code[4:] + code[:4]
    return len(code) in _IBAN_LENGTH and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def _always(_found: str) -> bool:
    return True


_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b"
_IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
_PHONE = (
    r"(?<![\w+-])(?:(?:\+|00)31[ -]?(?:\(0\))?|0)"
    r"(?:6[ -]?(?:\d[ -]?){7}\d|[1-57-9](?:[ -]?\d){8})(?!\d)"
)
_BSN = r"(?<![\d.,])(?<!\d-)\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d]|[.,]\d)"
_POSTCODE_FIRST = (
    r"\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b[,; ]{0,3}(?:nr\.?|nummer|huisnummer)? ?\d{1,5}\b"
)
_STREET_FIRST = (
    r"\b(?:nr\.?|nummer|\w{2,40}(?:straat|laan|weg|plein|kade|gracht|singel|hof))"
    r" ?\d{1,5}[a-z]?,? [1-9]\d{3} ?[A-Z]{2}\b"
)
# Each has a bounded length and can't be read in two ways, so a text costs no more than its length.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Kind.EMAIL, re.compile(_EMAIL, re.IGNORECASE), _always),
    (Kind.IBAN, re.compile(_IBAN, re.ASCII), _is_iban),
    (Kind.PHONE, re.compile(_PHONE), _always),
    (Kind.BSN, re.compile(_BSN), _is_bsn),
    (Kind.ADDRESS, re.compile(_POSTCODE_FIRST), _always),
    (Kind.ADDRESS, re.compile(_STREET_FIRST), _always),
)


def details(text: str, only: Kind | None = None) -> Iterator[Detail]:
    """All private details in a text, or `only` those of one kind."""
    for kind, pattern, holds in _PATTERNS:
        if only not in (None, kind):
            continue
        for found in pattern.finditer(text):
            if holds(found.group()):
                yield Detail(kind, *found.span())
