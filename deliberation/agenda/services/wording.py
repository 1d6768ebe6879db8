"""Other words for a need, always resting on messages."""

import re
from collections.abc import Collection, Sequence

from deliberation.agenda.models import (
    TITLE,
    Citation,
    Evidence,
    Need,
    NeedSentence,
    Wording,
    text_hash,
)
from deliberation.kernel.text import line
from rooms.models import Message

from .sentences import Span, Wanted, evidence_store, sentences_store

TITLE_LIMIT = 160  # characters of someone's own wording
SENTENCE_LIMIT = 300
MOST_SENTENCES = 4  # the title and three
_FIRST = re.compile(r"[^\n]+?[.!?…](?=\s|$)|[^\n]+")


def worded(text: str, messages: Sequence[Message]) -> Wanted:
    """A sentence that says `text`: a quote where a message says just that, else someone's own
    wording of these messages."""
    words = " ".join(text.split())
    for message in messages:
        start = message.body.find(words) if words else -1
        if start >= 0:
            return Wanted((Span(message.pk, start, start + len(words)),))
    return Wanted(tuple(whole(message) for message in messages), words)


def whole(message: Message) -> Span:
    """All words of a message."""
    return Span(message.pk, 0, len(message.body))


def first_sentence(message: Message) -> Span:
    """What a message begins with."""
    found = _FIRST.match(message.body)
    return Span(message.pk, 0, found.end() if found else len(message.body))


def wanted_now(need: Need) -> list[Wanted]:
    """The sentences of a need as they could be stored again."""
    found = need.sentences.order_by("place").prefetch_related("citations")
    return [Wanted(tuple(map(_span, one.citations.all())), one.text) for one in found]


def _span(citation: Citation) -> Span:
    return Span(citation.message_id, citation.start, citation.end)


def reword(need: Need, wanted: Sequence[Wanted], wording: Wording | None) -> None:
    """Other sentences, the title first. A message that they cite becomes one it rests on.

    Without `wording` it stays whose words they were.
    """
    sentences_store(need, [_fitting(one, place) for place, one in enumerate(wanted)])
    known = {one.message_id: Evidence.Kind(one.kind) for one in need.evidence.all()}
    cited = {span.message: Evidence.Kind.PART for one in wanted for span in one.spans}
    if cited.keys() - known.keys():
        evidence_store(need, cited | known)
    if wording is not None:
        need.wording = wording
        need.save(update_fields=["wording"])


def _fitting(wanted: Wanted, place: int) -> Wanted:
    limit = SENTENCE_LIMIT if place != TITLE else TITLE_LIMIT
    return Wanted(wanted.spans, line(wanted.text, limit=limit)) if wanted.text else wanted


def rest_on(need: Need, kinds: dict[int, Evidence.Kind]) -> None:
    """Have the need rest on exactly these messages, and say nothing that only others said.

    A need that loses its title takes the next of its sentences, or what a message says.
    """
    evidence_store(need, kinds)
    need.sentences.filter(place__gt=TITLE).exclude(citations__message__in=kinds).delete()
    Citation.objects.filter(sentence__need=need).exclude(message__in=kinds).delete()
    if not Citation.objects.filter(sentence__need=need, sentence__place=TITLE).exists():
        need.sentences.filter(place=TITLE).delete()
        _retitle(need, [one for one, kind in kinds.items() if kind == Evidence.Kind.PART])


def _retitle(need: Need, parts: Collection[int]) -> None:
    following = need.sentences.order_by("place").first()
    if following is not None:
        following.place = TITLE
        following.save(update_fields=["place"])
        return
    message = Message.objects.filter(pk__in=parts).order_by("pk").first()
    if message is None:
        return
    title = NeedSentence.objects.create(need=need, place=TITLE)
    span, revision = first_sentence(message), text_hash(message.body)
    Citation.objects.create(
        sentence=title, message=message, revision=revision, start=span.start, end=span.end
    )
