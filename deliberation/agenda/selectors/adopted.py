"""An adopted version as its page shows it: what it held then, in words looked up now.

What was hidden, taken back or erased since is a tombstone; what was changed is marked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deliberation.agenda import chain
from deliberation.agenda.difference import Difference, difference
from deliberation.agenda.models import (
    TITLE,
    Edit,
    Need,
    NeedSentence,
    Response,
    Suggestion,
    Version,
    text_hash,
)
from deliberation.protocol.fold import LISTED
from rooms.models import Message, Neighbourhood

from .words import BETWEEN

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A message that was cited. `state`: stands | changed | retracted | hidden | erased."""

    message: Message
    state: str
    quote: str


@dataclass(frozen=True)
class Sentence:
    """`text` is empty when nothing of it may be shown any more."""

    text: str
    sources: list[Source]
    is_edited: bool

    @property
    def stands(self) -> bool:
        """Whether it says now what it said when it was adopted."""
        return bool(self.text) and all(one.state == "stands" for one in self.sources)


@dataclass(frozen=True)
class Answer:
    """An answer that was there then; `changed` when the words of it are others now."""

    response: Response | None
    outcome: str
    kenmerk: str
    changed: bool


@dataclass(frozen=True)
class Adopted:
    """A need as a version has it. `then`: its facts; `now`: the need as it is today."""

    then: Content
    now: Need | None
    title: Sentence | None
    summary: list[Sentence]
    answers: list[Answer]

    @property
    def is_listed(self) -> bool:
        return self.then["state"] in LISTED

    @property
    def stands(self) -> bool:
        sentences = [*([self.title] if self.title else []), *self.summary]
        return all(one.stands for one in sentences) and not any(one.changed for one in self.answers)


def content_of(version: Version) -> Content | None:
    """None where the content can't be read: then `verify` says what is wrong."""
    return chain.parsed(version.content)


def difference_of(version: Version) -> Difference:
    """What this version has that the one before it had not, and the other way round."""
    before = content_of(version.previous) if version.previous else None
    after = content_of(version)
    return difference(before, after) if after else Difference()


def adopted(version: Version) -> list[Adopted]:
    """The needs in their order."""
    content = content_of(version)
    entries = list(content["needs"]) if content else []
    return _looked_up(entries, version.neighbourhood)


def named(entries: Iterable[Content], neighbourhood: Neighbourhood) -> dict[int, str]:
    """What needs of a content are called, as far as that may be shown now; by id."""
    found = _looked_up(list(entries), neighbourhood)
    return {one.then["id"]: one.title.text if one.title else "" for one in found}


def _looked_up(entries: list[Content], neighbourhood: Neighbourhood) -> list[Adopted]:
    cited = [one["message"] for entry in entries for one in _citations(entry)]
    messages = Message.objects.select_related("room").in_bulk(cited)
    needs = Need.objects.in_bulk([entry["id"] for entry in entries])
    words = _wordings(entries, neighbourhood)
    kenmerken = [one["kenmerk"] for entry in entries for one in entry["responses"]]
    responses = {
        one.kenmerk: one for one in Response.objects.filter(kenmerk__in=kenmerken) if one.kenmerk
    }
    return [
        _adopted(entry, needs.get(entry["id"]), messages, words, responses) for entry in entries
    ]


def _adopted(
    entry: Content,
    need: Need | None,
    messages: Mapping[int, Message],
    words: Mapping[str, str],
    responses: Mapping[str, Response],
) -> Adopted:
    told = {one["place"]: _sentence(one, messages, words) for one in entry["sentences"]}
    return Adopted(
        then=entry,
        now=need,
        title=told.get(TITLE),
        summary=[one for place, one in sorted(told.items()) if place != TITLE],
        answers=[_answer(one, responses.get(one["kenmerk"])) for one in entry["responses"]],
    )


def _sentence(
    entry: Content, messages: Mapping[int, Message], words: Mapping[str, str]
) -> Sentence:
    sources = [
        _source(one, messages[one["message"]])
        for one in entry["citations"]
        if one["message"] in messages
    ]
    whole = sources and all(one.state == "stands" for one in sources)
    edited = words.get(entry["text_hash"], "") if whole else ""
    quotes = BETWEEN.join(one.quote for one in sources if one.quote)
    return Sentence(edited or quotes, sources, is_edited=bool(edited))


def _source(entry: Content, message: Message) -> Source:
    if not message.is_shown:
        return Source(message, str(message.state), "")
    if text_hash(message.body) != entry["text_hash"]:
        return Source(message, "changed", "")
    return Source(message, "stands", message.body[entry["start"] : entry["end"]])


def _answer(entry: Content, response: Response | None) -> Answer:
    now = text_hash(f"{response.reason}\n{response.link}") if response else ""
    changed = now != entry["text_hash"]
    return Answer(response, entry["outcome"], entry["kenmerk"], changed)


def _citations(entry: Content) -> Iterator[Content]:
    for sentence in entry["sentences"]:
        yield from sentence["citations"]


def _wordings(entries: list[Content], neighbourhood: Neighbourhood) -> dict[str, str]:
    """Sentences that someone worded, by their hash: those of today, and if need be of before."""
    wanted = {one["text_hash"] for entry in entries for one in entry["sentences"]} - {""}
    if not wanted:
        return {}
    today = NeedSentence.objects.filter(need__in=[entry["id"] for entry in entries])
    found = {text_hash(text): text for text in today.values_list("text", flat=True)}
    if wanted - found.keys():
        found |= {text_hash(text): text for text in _worded_before(neighbourhood)}
    return {name: found[name] for name in wanted if name in found}


def _worded_before(neighbourhood: Neighbourhood) -> Iterator[str]:
    proposed = Suggestion.objects.filter(neighbourhood=neighbourhood).exclude(words="")
    yield from proposed.values_list("words", flat=True)
    edits = Edit.objects.filter(neighbourhood=neighbourhood).values_list("before", "after")
    for pictures in edits.iterator(chunk_size=200):
        for picture in (one for each in pictures for one in each.values() if one):
            yield from (one["text"] for one in picture["sentences"] if one.get("text"))
