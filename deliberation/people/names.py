"""Which names pass for another: look-alike letters, digits for letters, spacing. Pure.

A name is reduced to a skeleton: what reads the same is written the same. Unicode's own
decompositions and names do most of the work; a table adds the alphabets that look like ours.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Other letters, and below each the Latin one that a reader takes it for. Capital and small
# apart: "Н" is an H, but "η" an n.
LOOKS = {
    look: letter
    for looks, letters in (
        ("АВЕЗКМНОРСТУФХЬЅІЈԌԚԜҮӀ", "abeekmhopctyoxbsijgqwyi"),  # Cyrillic
        ("авгеикмнопрстуфхьѕіјґԁԛԝһүӏ", "abreukmhonpctyoxbsijrdqwhyi"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx"),  # Greek
        ("αβγεηικμνορστυχω", "abyenikuvopotuxw"),
        ("ՍՏՕԼոսօհցյզք", "usolnuohgjqp"),  # Armenian
        ("ᎪᏴᏟᎠᎬᎶᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃᎳ", "abcdeghijklmprstvwzw"),  # Cherokee
        ("ⲟⲥⲣΟⲘⲦⲈ", "ocpomte"),  # Coptic
        ("ɑɩƽꞌ", "ais'"),  # Latin letters whose name hides what they look like
        ("0134579@$!|€£¢", "oieastgasiielc"),  # digits and signs
    )
    for look, letter in zip(looks, letters, strict=True)
}
_LATIN = re.compile(
    r"(?:LATIN (?:SMALL|CAPITAL) LETTER|LATIN LETTER SMALL CAPITAL|REGIONAL INDICATOR SYMBOL LETTER"
    r"|(?:NEGATIVE )?(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER|COMBINING LATIN SMALL LETTER)"
    r" (?:[A-Z]{2,} )*([A-Z])(?: WITH .*)?"
)
_PAIRS = str.maketrans({"l": "i", "j": "i"})
_CASED = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "GEORGIAN", "DESERET")

# Refused anywhere in a name.
OFFICES = (
    "gemeente",
    "moderator",
    "wethouder",
    "burgemeester",
    "gemeenteraad",
    "raadslid",
    "raadsgriffie",
    "ambtenaar",
    "beheerder",
    "stadsdeel",
    "wijkregisseur",
    "buurtregisseur",
    "municipality",
    "administrator",
    "alderman",
    "councillor",
)
# Refused as a word of its own: "Badminton" has an "admin" in it.
TITLES = (
    "admin",
    "council",
    "facilitator",
    "griffie",
    "helpdesk",
    "mayor",
    "official",
    "politie",
    "police",
    "redactie",
    "staff",
    "support",
    "systeem",
    "system",
    "wijkagent",
)
# Real surnames as well ("De Raad"), so only as the whole name.
ALONE = ("beheer", "college", "mod", "mods", "raad")


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """What a reader sees: Latin letters and digits only, without case, accents or spacing.

    Letters of alphabets that don't look like ours stay as they are.
    """
    seen = "".join(map(_looks_like, unicodedata.normalize("NFKD", name)))
    seen = unicodedata.normalize("NFKD", seen.casefold())
    kept = "".join(_looks_like(char) for char in seen if char.isalnum())
    return kept.replace("rn", "m").replace("vv", "w").translate(_PAIRS)


def poses_as_office(name: str) -> bool:
    """Whether a reader could take this name for one of the municipality."""
    whole = _squeezed(name)
    if any(office in whole for office in _OFFICES):
        return True
    if skeleton(name) in _TITLES | _ALONE:
        return True
    return any(skeleton(word) in _TITLES for word in _words(name))


def same_name(one: str, other: str) -> bool:
    """Whether two names read the same, in whatever order their words stand."""
    return not _readings(one).isdisjoint(_readings(other))


def poses_as(name: str, others: Iterable[str]) -> bool:
    """Whether this name reads like one of `others`, doubled letters aside."""
    readings = _readings(name) | {_squeezed(name)}
    return any(
        not readings.isdisjoint(_readings(other)) or _squeezed(other) in readings
        for other in others
    )


def mixes_alphabets(name: str) -> bool:
    """Whether one word has letters of two alphabets that look alike."""
    return any(len(set(filter(None, map(_alphabet, word)))) > 1 for word in _words(name))


def has_odd_signs(name: str) -> bool:
    """Whether there is more than letters, digits, spaces and the signs names are written with."""
    return any(unicodedata.category(c)[0] not in "LMN" and c not in _SIGNS for c in name)


def has_letter(name: str) -> bool:
    return any(char.isalpha() for char in name)


_SIGNS = " -‐‑'’ʼ`´.,()&+/·\u200c\u200d"


def _looks_like(char: str) -> str:
    if char in LOOKS:
        return LOOKS[char]
    if char.isascii():
        return char
    found = _LATIN.fullmatch(unicodedata.name(char, ""))
    return found[1].lower() if found else char


def _words(name: str) -> list[str]:
    return re.findall(r"[^\s\-‐‑.,()&+/_]+", name)


@lru_cache(maxsize=20_000)
def _readings(name: str) -> frozenset[str]:
    """The skeleton of a name as it stands, and with its words in the order of the alphabet."""
    words = sorted(filter(None, map(skeleton, _words(name))))
    return frozenset((skeleton(name), " ".join(words)))


@lru_cache(maxsize=20_000)
def _squeezed(name: str) -> str:
    """The skeleton with doubled letters written once: "gemeeente" is no way around."""
    return re.sub(r"(.)\1+", r"\1", skeleton(name))


def _alphabet(char: str) -> str:
    first = unicodedata.name(char, "").partition(" ")[0]
    return first if first in _CASED and char.isalpha() else ""


_OFFICES = tuple(map(_squeezed, OFFICES))
_TITLES = frozenset(map(skeleton, TITLES))
_ALONE = frozenset(map(skeleton, ALONE))
