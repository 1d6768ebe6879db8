"""Named baselines. None is told how many needs there are; each runs with one set of settings."""

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.preprocessing import normalize

from .features import Matrix, by_word
from .outcome import Engine, Outcome
from .prototype import prototype
from .sets import Line

_ALONE = -1
_TERMS = 3


def texts(messages: Sequence[Line]) -> list[str]:
    return [line["text"] for line in messages]


def outcome(messages: Sequence[Line], groups: Sequence[int], lang: str) -> Outcome:
    """Largest group first; a title is the three most typical terms."""
    members: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        if group != _ALONE:
            members[int(group)].append(place)
    ordered = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    words, terms = by_word(texts(messages), lang)
    return Outcome(
        ids=[str(place) for place in range(len(ordered))],
        titles=[_terms(words[group], terms) for group in ordered],
        needs=[[messages[place]["id"] for place in group] for group in ordered],
    )


def _terms(rows: Matrix, terms: Sequence[str]) -> str:
    weights = np.asarray(rows.mean(axis=0)).ravel()
    return " ".join(terms[place] for place in np.argsort(-weights, kind="stable")[:_TERMS])


def many(messages: Sequence[Line]) -> int:
    """How many groups a method makes that has to be told: √(n/2)."""
    return max(2, round(math.sqrt(len(messages) / 2)))


def kmeans(messages: Sequence[Line], lang: str) -> Outcome:
    words, _ = by_word(texts(messages), lang)
    found = KMeans(many(messages), n_init=1, random_state=0).fit_predict(words)
    return outcome(messages, found, lang)


def nmf(messages: Sequence[Line], lang: str) -> Outcome:
    words, _ = by_word(texts(messages), lang)
    parts = NMF(many(messages), init="nndsvd", random_state=0, max_iter=400).fit_transform(words)
    return outcome(messages, parts.argmax(axis=1), lang)


def lsa_hdbscan(messages: Sequence[Line], lang: str) -> Outcome:
    words, _ = by_word(texts(messages), lang)
    size = min(100, min(words.shape) - 1)
    space = normalize(TruncatedSVD(size, random_state=0).fit_transform(words))
    found = HDBSCAN(min_cluster_size=5, min_samples=1, copy=True).fit_predict(space)
    return outcome(messages, found, lang)


def detailed(resolution: float, gate: float) -> Engine:
    """The prototype: `resolution` is its detail, `gate` how typical a message has to be."""

    def engine(messages: Sequence[Line], lang: str) -> Outcome:
        people = [line["author"] for line in messages]
        groups = prototype(texts(messages), people, lang, resolution, gate)
        return outcome(messages, groups, lang)

    return engine


BASELINES: dict[str, Engine] = {
    "TF-IDF + k-means": kmeans,
    "NMF": nmf,
    "LSA + HDBSCAN": lsa_hdbscan,
    "prototype, 1, no gate": detailed(1, 0),
    "prototype, 2, gate .5": detailed(2, 0.5),
}
