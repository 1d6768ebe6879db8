"""What a resident's words may be made of: plain text, in one normal form.

Words never become HTML anywhere; templates and scripts show them as text. What is stripped
here could fool a reader (reordered, invisible or stacked characters). The table is published.
"""

import re
import unicodedata

from .refusals import Refused, gettext_noop

MESSAGE_LIMIT = 2000  # characters after normalisation
TITLE_LIMIT = 120
NAME_LIMIT = 40
REASON_LIMIT = 500
COMBINING_LIMIT = 6  # more marks on one letter than any living orthography uses

# Published strip table: (first, last, why).
STRIPPED: tuple[tuple[int, int, str], ...] = (
    (0x0000, 0x0008, "control characters"),
    (0x000B, 0x001F, "control characters (tab and line feed stay)"),
    (0x007F, 0x009F, "control characters"),
    (0x00AD, 0x00AD, "soft hyphen"),
    (0x034F, 0x034F, "combining grapheme joiner"),
    (0x061C, 0x061C, "Arabic letter mark (bidirectional)"),
    (0x115F, 0x1160, "Hangul fillers"),
    (0x17B4, 0x17B5, "Khmer inherent vowels"),
    (0x180B, 0x180F, "Mongolian selectors"),
    (0x200B, 0x200B, "zero width space"),
    (0x200E, 0x200F, "bidirectional marks"),
    (0x2028, 0x202E, "separators and bidirectional embeddings and overrides"),
    (0x2060, 0x206F, "invisible operators and bidirectional isolates"),
    (0x3164, 0x3164, "Hangul filler"),
    (0xD800, 0xDFFF, "lone surrogates"),
    (0xFEFF, 0xFEFF, "byte order mark"),
    (0xFFA0, 0xFFA0, "half-width Hangul filler"),
    (0xFFF0, 0xFFFB, "interlinear annotation"),
    (0x1D173, 0x1D17A, "musical formatting"),
    (0xE0000, 0xE0FFF, "tags and supplementary selectors"),
)
_STRIP = {code: None for first, last, _ in STRIPPED for code in range(first, last + 1)}
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"  # needed for Persian and for emoji; they carry no mark themselves
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"})  # Unicode categories
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_SPACE = re.compile(r"\s+")


def normal(text: str) -> str:
    """NFC, without the characters of `STRIPPED`, with `\\n` line ends and no outer space.

    At most one empty line and `COMBINING_LIMIT` marks in a row stay. Doing it twice changes
    nothing.
    """
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text).translate(_STRIP))
    return _BLANK_LINES.sub("\n\n", _thinned(text)).strip()


def _thinned(text: str) -> str:
    """Without the marks that are stacked too high on one letter."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for letter in text:
        if unicodedata.category(letter).startswith("M"):
            marks += 1
        elif letter not in _JOINERS:
            marks = 0
        if marks <= COMBINING_LIMIT or letter in _JOINERS:
            kept.append(letter)
    return "".join(kept)


def _is_blank(text: str) -> bool:
    """Whether there is nothing in it to see."""
    return all(unicodedata.category(letter) in _UNSEEN or letter == "\u2800" for letter in text)


def message_text(text: str) -> str:
    """A message's words as they are stored. Refused when empty or over `MESSAGE_LIMIT`."""
    body = normal(text)
    if _is_blank(body):
        raise Refused(
            "empty",
            gettext_noop("There is nothing in your message yet. Write something first."),
        )
    if len(body) > MESSAGE_LIMIT:
        raise Refused(
            "too_long",
            gettext_noop(
                "Your message has %(length)s characters; at most %(limit)s fit. "
                "Your text is kept. Make it shorter or split it in two."
            ),
            values={"length": len(body), "limit": MESSAGE_LIMIT},
        )
    return body


def line(text: str, *, limit: int) -> str:
    """One line of text (a title, a name). Refused when empty or over `limit` characters."""
    found = _SPACE.sub(" ", normal(text))
    if _is_blank(found):
        raise Refused("empty", gettext_noop("This can't be empty. Fill it in first."))
    return _fitting(found, limit)


def number(text: str | None) -> int | None:
    """A number from an address or a form; None where it is none, or absurd."""
    return int(text) if text and text.isdecimal() and len(text) <= 15 else None


def ended(text: str) -> str:
    """The same with a full stop, where it does not end as a sentence: for use inside others."""
    return text if not text or text[-1] in ".!?…" else f"{text}."


def passage(text: str, *, limit: int) -> str:
    """Some lines of text, or none. Refused when over `limit` characters."""
    return _fitting(normal(text), limit)


def _fitting(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused(
            "too_long",
            gettext_noop("This has %(length)s characters; at most %(limit)s fit. Make it shorter."),
            values={"length": len(text), "limit": limit},
        )
    return text
