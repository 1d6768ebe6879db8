"""Storing what a need says and rests on. A need without a source can't be stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deliberation.agenda.models import Citation, Evidence, Need, NeedSentence, text_hash
from deliberation.kernel.refusals import Refused, gettext_noop
from rooms.models import Message, MessageState


@dataclass(frozen=True)
class Span:
    """`body[start:end]` of a message (characters)."""

    message: int
    start: int
    end: int


@dataclass(frozen=True)
class Wanted:
    """A sentence to store. Without `text` it is exactly what it cites."""

    spans: tuple[Span, ...]
    text: str = ""


def sentences_store(need: Need, wanted: Sequence[Wanted]) -> None:
    """Replace the title (the first) and the summary. Raises Refused, and stores nothing, where
    a sentence cites nothing, or words that its message does not have."""
    messages = _messages(span.message for one in wanted for span in one.spans)
    citations = [[_citation(span, messages) for span in one.spans] for one in wanted]
    if not wanted or not all(citations):
        raise Refused(
            "no_source", gettext_noop("Every sentence needs a message that it comes from.")
        )
    need.sentences.all().delete()
    for place, (one, cited) in enumerate(zip(wanted, citations, strict=True)):
        sentence = NeedSentence.objects.create(need=need, place=place, text=one.text)
        for citation in cited:
            citation.sentence = sentence
        Citation.objects.bulk_create(cited)


def evidence_store(need: Need, wanted: Mapping[int, Evidence.Kind]) -> None:
    """Have the need rest on exactly these messages (by id). Raises Refused without any that
    says it."""
    if Evidence.Kind.PART not in wanted.values():
        raise Refused("no_source", gettext_noop("A need must rest on at least one message."))
    Evidence.objects.filter(need=need).exclude(message__in=list(wanted)).delete()
    known = dict(Evidence.objects.filter(need=need).values_list("message", "kind"))
    for kind in Evidence.Kind:
        changed = [one for one, now in wanted.items() if now == kind and known.get(one, now) != now]
        Evidence.objects.filter(need=need, message__in=changed).update(kind=kind)
    Evidence.objects.bulk_create(
        Evidence(need=need, message_id=message, kind=kind)
        for message, kind in sorted(wanted.items())
        if message not in known
    )


def _messages(ids: Iterable[int]) -> dict[int, Message]:
    return Message.objects.filter(state=MessageState.SHOWN).in_bulk(set(ids))


def _citation(span: Span, messages: Mapping[int, Message]) -> Citation:
    message = messages.get(span.message)
    if message is None or not 0 <= span.start < span.end <= len(message.body):
        raise Refused(
            "no_quote",
            gettext_noop("The message does not say these words any more. Choose other words."),
        )
    revision = text_hash(message.body)
    return Citation(message=message, revision=revision, start=span.start, end=span.end)
