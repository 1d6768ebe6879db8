"""Long chats out of short ones: sentences recombined, with words that keep coming as in real text.

A message takes one to three sentences of the same label, so subjects stay subjects. Vocabulary in
real text grows as K·nᵝ with the number of words n (Heaps); K and β are fitted to the sets. Whenever
the chat falls behind that curve, a word is coined: a compound with a word of the same subject, or
a misspelling, and what is coined is used again. The same seed gives the same chat, and a shorter
chat is the beginning of a longer one.
"""

import math
import random
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np

from .sets import Labelled, Line

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 5  # letters of a word that can be changed
_AGAIN = 0.3  # of the times that a word comes back, it comes in a coined form
_REPLIES, _MISSPELT = 0.3, 0.4
_FROM, _APART = datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=5)
_THREAD = 50  # messages


def chat(chats: Sequence[Labelled], count: int, lang: str, seed: int = 1) -> list[Line]:
    return [*islice(_Writer(chats, lang, seed).lines(), count)]


def heaps(texts: Sequence[str]) -> tuple[float, float]:
    """K and β, fitted to how the vocabulary of `texts` grows in their order."""
    seen: set[str] = set()
    count, points = 0, []
    for text in texts:
        words = _WORD.findall(text.lower())
        count, seen = count + len(words), seen.union(words) if set(words) - seen else seen
        points.append((math.log(max(count, 1)), math.log(max(len(seen), 1))))
    x, y = np.array(points[len(points) // 10 :]).T
    slope, start = np.polyfit(x, y, 1)
    return math.exp(start), float(slope)


class _Writer:
    def __init__(self, chats: Sequence[Labelled], lang: str, seed: int) -> None:
        self.lang, self.chance = lang, random.Random(seed)
        self.sentences: dict[str, list[str]] = defaultdict(list)
        self.weights: dict[str, int] = defaultdict(int)
        for chat in chats:
            self._read(chat)
        self.growth = heaps(self._shuffled(chats))
        self.vocabulary: set[str] = set()
        self.count = 0
        self.coined: dict[str, list[str]] = defaultdict(list)
        self.recent: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=20))

    def _read(self, chat: Labelled) -> None:
        for line in chat.messages:
            key = f"{chat.name}/{chat.labels.get(line['id'], 'other')}"
            self.weights[key] += 1
            self.sentences[key] += [one for one in _SENTENCE.split(line["text"]) if one]

    def _shuffled(self, chats: Sequence[Labelled]) -> list[str]:
        texts = [line["text"] for chat in chats for line in chat.messages]
        self.chance.shuffle(texts)
        return texts

    def lines(self) -> Iterator[Line]:
        keys, weights = [*self.weights], [*self.weights.values()]
        number = 0
        while True:
            key = self.chance.choices(keys, weights)[0]
            line = self._line(number, key)
            self.recent[key].append(line["id"])
            number += 1
            yield line

    def _line(self, number: int, key: str) -> Line:
        line = {
            "id": str(number),
            "author": f"p{self.chance.randrange(1 + int(number**0.75))}",
            "time": (_FROM + number * _APART).isoformat(),
            "text": self._text(key),
            "thread": f"t{max(0, number // _THREAD - self.chance.randrange(3))}",
            "lang": self.lang,
        }
        if self.recent[key] and self.chance.random() < _REPLIES:
            line["reply_to"] = self.chance.choice(self.recent[key])
        return line

    def _text(self, key: str) -> str:
        parts = self.chance.choices((1, 2, 3), (5, 3, 2))[0]
        chosen = [self.chance.choice(self.sentences[key]) for _ in range(parts)]
        return " ".join(_WORD.sub(lambda found: self._word(found[0], key), one) for one in chosen)

    def _word(self, word: str, key: str) -> str:
        """The word, a form of it that was coined before, or a new one when one is due."""
        self.count += 1
        if len(word) >= _LONG:
            least, slope = self.growth
            if len(self.vocabulary) < least * self.count**slope:
                word = self._coin(word, key)
            elif self.coined[word] and self.chance.random() < _AGAIN:
                word = self.chance.choice(self.coined[word])
        self.vocabulary.add(word.lower())
        return word

    def _coin(self, word: str, key: str) -> str:
        new = self._misspelt(word) if self.chance.random() < _MISSPELT else self._joined(word, key)
        self.coined[word].append(new)
        return new

    def _misspelt(self, word: str) -> str:
        """A letter doubled, left out, or changed places with the next."""
        at = self.chance.randrange(1, len(word) - 1)
        a, b = word[at], word[at + 1]
        changed: str = self.chance.choice((a + a + b, b, b + a))
        return word[:at] + changed + word[at + 2 :]

    def _joined(self, word: str, key: str) -> str:
        other = self.chance.choice(self.sentences[key])
        longer: list[str] = [
            one for one in _WORD.findall(other) if len(one) >= _LONG and one != word
        ]
        if not longer:
            return self._misspelt(word)
        return self.chance.choice(longer).lower() + word.lower()
