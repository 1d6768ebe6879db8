"""Whether someone tells what another said: then the words are not theirs. Pure."""

import re

_QUOTES = (("\u201c", "\u201d"), ("\u2018", "\u2019"), ("\u201e", "\u201d"), ('"', '"'), ("'", "'"))
_TELLS = re.compile(
    r"\b(no?em(de|den|t|en)?|geno?emd|uitgemaakt voor|uitgescholden voor|scho?ld(en|t)?|"
    r"schreeuw\w*|ro?ep(en|t)?|riep(en)?|geroepen|zei(den)?|zegt|zeggen|gezegd|schree?f|schreven|geschreven|"
    r"hoorde|gehoord|kreeg|stond|staat|gekalkt|gespoten|woord|the word|"
    r"call(ed|s|ing)?|shout(ed|s|ing)?|said|says|say|wrote|written|yell(ed|s)?|heard)\b",
    re.IGNORECASE,
)
_NEAR = 60  # characters before


def is_told(text: str, start: int, end: int) -> bool:
    """Whether the part from `start` to `end` is quoted, or follows a verb of telling."""
    before = text[max(0, start - _NEAR) : start]
    sentence = re.split(r"[.!?\n]", before)[-1]
    if _TELLS.search(sentence):
        return True
    return any(_is_between(text, start, end, *pair) for pair in _QUOTES)


def _is_between(text: str, start: int, end: int, opens: str, closes: str) -> bool:
    if opens == closes:
        return text[:start].count(opens) % 2 == 1 and closes in text[end:]
    return text.rfind(opens, 0, start) > text.rfind(closes, 0, start) and closes in text[end:]
