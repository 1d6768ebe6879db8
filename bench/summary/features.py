"""What the baselines see of a message: words, pieces of words, the company words keep."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.preprocessing import normalize
from snowballstemmer import stemmer

Matrix = Any  # a sparse matrix of scipy, or an array of numpy
_DUTCH = Path(__file__).parent / "data" / "stopwords_nl.txt"
_STEMMERS = {"nl": "dutch", "en": "english"}


@cache
def stopwords(lang: str) -> frozenset[str]:
    return ENGLISH_STOP_WORDS if lang == "en" else frozenset(_DUTCH.read_text().split())


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def by_word(texts: Sequence[str], lang: str) -> tuple[Matrix, list[str]]:
    """TF-IDF of the words that are no stop words, one row a message; and the words."""
    vectors = TfidfVectorizer(stop_words=[*stopwords(lang)], sublinear_tf=True)
    return vectors.fit_transform(texts), [*vectors.get_feature_names_out()]


def by_stem(texts: Sequence[str], lang: str) -> Matrix:
    """TF-IDF of Snowball stems."""
    stop, stem = stopwords(lang), cache(stemmer(_STEMMERS[lang]).stemWord)
    split = TfidfVectorizer(preprocessor=plain).build_analyzer()
    vectors = TfidfVectorizer(
        analyzer=lambda text: [stem(word) for word in split(text) if word not in stop]
    )
    return vectors.fit_transform(texts)


def by_piece(texts: Sequence[str]) -> Matrix:
    """TF-IDF of three to five letters within words."""
    vectors = TfidfVectorizer(
        preprocessor=plain, analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True
    )
    return vectors.fit_transform(texts)


def by_company(words: Matrix, numbers: int, seed: int = 0) -> Matrix:
    """`numbers` for each message: positive pointwise mutual information of words, reduced."""
    there = (words > 0).astype(float)
    together = sparse.coo_array(there.T @ there)
    count = np.asarray(there.sum(axis=0)).ravel()
    ratio = together.data * words.shape[0] / (count[together.row] * count[together.col])
    positive = np.maximum(np.log(ratio), 0)
    ppmi = sparse.csr_array((positive, (together.row, together.col)), shape=together.shape)
    size = min(numbers, ppmi.shape[0] - 1)
    known = TruncatedSVD(size, random_state=seed).fit_transform(ppmi)
    return normalize(words @ known)
