"""The measures of what an agenda says: do titles lead back, are sentences really residents' own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

_HITS = 5


def titles_lead_back(
    titles: Sequence[str], needs: Sequence[Collection[str]], texts: Mapping[str, str]
) -> float | None:
    """Mean precision of the first five hits of each title among all messages (p@5).

    A title is a query, hits are ranked by TF-IDF. A need smaller than five, or a title with
    fewer hits, is judged on as many.
    """
    if not titles:
        return None
    vectors = TfidfVectorizer(sublinear_tf=True)
    ids = [*texts]
    scores = (vectors.fit_transform(texts.values()) @ vectors.transform(titles).T).toarray()
    return fmean(_precision(scores[:, place], ids, set(need)) for place, need in enumerate(needs))


def _precision(scores: "np.ndarray[Any, Any]", ids: Sequence[str], need: set[str]) -> float:
    best = np.argsort(-scores, kind="stable")[: min(_HITS, len(need))]
    hits = [ids[place] for place in best if scores[place] > 0]
    return fmean(one in need for one in hits) if hits else 0.0


@dataclass(frozen=True)
class Sources:
    """`citations` and those that are `exact`; `sentences` and those with words of `nobody`."""

    citations: int
    exact: int
    sentences: int
    nobody: int

    @property
    def share_exact(self) -> float | None:
        return self.exact / self.citations if self.citations else None

    @property
    def share_nobody(self) -> float | None:
        return self.nobody / self.sentences if self.sentences else None


def sources(sentences: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> Sources:
    """Checks `{"text", "citations": [{"message", "start", "end"}]}` against the messages.

    A citation is exact when its span is within its message and stands in the sentence character
    for character. A sentence has words of nobody when letters are left beside its citations.
    """
    citations = exact = nobody = 0
    for sentence in sentences:
        left = sentence["text"]
        for citation in sentence["citations"]:
            span = _span(citation, texts)
            right = bool(span) and span in sentence["text"]
            citations, exact = citations + 1, exact + right
            left = left.replace(span, " ", 1) if right else left
        nobody += any(letter.isalnum() for letter in left)
    return Sources(citations, exact, len(sentences), nobody)


def _span(citation: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """The cited characters; empty where the message or the place does not exist."""
    text, start, end = texts.get(citation["message"], ""), citation["start"], citation["end"]
    return text[start:end] if 0 <= start < end <= len(text) else ""
