"""What a need says, sentence by sentence, each with the messages it comes from."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from deliberation.agenda.models import Citation, Evidence, Need, NeedSentence
from rooms.models import Message

from .words import shown


@dataclass(frozen=True)
class Source:
    """A message that a sentence cites. `quote` is empty once it no longer says that."""

    message: Message
    quote: str

    @property
    def state(self) -> str:
        """stands | changed (it says something else now) | retracted | hidden | erased."""
        if self.quote:
            return "stands"
        return "changed" if self.message.is_shown else str(self.message.state)


@dataclass(frozen=True)
class Sentence:
    """`text`: what it says now, empty when no source stands. `is_edited`: someone's wording."""

    id: int
    text: str
    is_edited: bool
    sources: list[Source]

    @property
    def people(self) -> int:
        """Distinct people behind it."""
        return len({one.message.author_id for one in self.sources if one.quote})


def sentences_with_sources(need: Need) -> list[Sentence]:
    """The title first, then the summary."""
    messages = Citation.objects.select_related("message__author", "message__room")
    found = need.sentences.order_by("place").prefetch_related(Prefetch("citations", messages))
    return [_sentence(one) for one in found]


def _sentence(one: NeedSentence) -> Sentence:
    text = shown(one)
    sources = [Source(each.message, each.quote()) for each in one.citations.all()]
    return Sentence(
        id=one.pk,
        text=text,
        is_edited=bool(one.text and text == one.text),
        sources=sources,
    )


def evidence_of(need: Need) -> QuerySet[Evidence]:
    """All its messages in the order in which they were said, tombstones in their place."""
    found = need.evidence.select_related("message__author", "message__room", "message__thread")
    return found.order_by("message__at", "message")
