"""What was discussed before with a neighbourhood, and what was answered then."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from deliberation.agenda.models import Evidence, MemorySeen, Need, NeedState, Response
from deliberation.agenda.remembering import Known, remembered, says_enough
from rooms.models import MessageState

from .cards import address_of
from .words import sentences_of, shown

SAID = 12  # messages of a need that are compared with
OPEN = 2  # the rank of what has no answer yet
TEXT = 2000  # characters of a text that are compared
_RANK = {  # what was answered is what one wants to know
    NeedState.ANSWERED: 0,
    NeedState.UNDER_WAY: 0,
    NeedState.DONE: 0,
    NeedState.CLOSED: 1,
    NeedState.ASKED: OPEN,
    NeedState.ON_AGENDA: OPEN,
}


@dataclass(frozen=True)
class Earlier:
    """A need of before, with the newest answer to it. `seen`: who looked at this for a thread."""

    need: Need
    title: str
    last: datetime | None
    answer: Response | None
    seen: MemorySeen | None = None

    @property
    def address(self) -> str:
        return address_of(self.need)


def earlier(
    neighbourhood: int,
    text: str,
    *,
    but: Collection[int] = (),
    thread: int | None = None,
    summary: bool = False,
) -> list[Earlier]:
    """The needs that `text` is about, answered ones first; none of those in `but`.

    `thread`: what it is asked for, to tell whether a manager saw it. `summary`: compare with what
    needs say only, not with all their messages: for pages that many open.
    """
    if not says_enough(text[:TEXT]):
        return []
    needs = _needs(neighbourhood, but)
    known = _known(needs, {} if summary else _said(needs))
    found = [match.id for match in remembered(text[:TEXT], known.values())]
    answers, seen = _answers(found), _seen(thread, found)
    last = _last(found)
    return [
        Earlier(needs[pk], known[pk].title, last.get(pk), answers.get(pk), seen.get(pk))
        for pk in found
    ]


def earlier_than(need: Need, text: str) -> list[Earlier]:
    """What was answered or closed before about what a need is about."""
    found = earlier(need.neighbourhood_id, text, but=[need.pk])
    return [one for one in found if _RANK[NeedState(one.need.state)] < OPEN]


def earlier_for(thread: int, title: str, neighbourhood: int) -> list[Earlier]:
    """What was discussed before about the title of a thread (by id), elsewhere than in it."""
    but = needs_in(thread)
    return earlier(neighbourhood, title, but=but, thread=thread, summary=True)


def needs_in(thread: int) -> set[int]:
    """The needs that a conversation is part of itself."""
    rows = Evidence.objects.filter(message__thread=thread)
    return set(rows.values_list("need", flat=True))


def _needs(neighbourhood: int, but: Collection[int]) -> dict[int, Need]:
    public = Need.objects.of(neighbourhood).public().filter(merged_into=None)
    return public.exclude(pk__in=but).select_related("neighbourhood").in_bulk()


def _known(needs: Mapping[int, Need], said: Mapping[int, list[str]]) -> dict[int, Known]:
    """What each says, as far as it stands; one of which nothing stands is not remembered."""
    lines: dict[int, list[str]] = defaultdict(list)
    for sentence in sentences_of(needs):
        lines[sentence.need_id].append(shown(sentence))
    return {
        pk: Known(pk, first, [*rest, *said.get(pk, [])], rank=_RANK[NeedState(needs[pk].state)])
        for pk, (first, *rest) in lines.items()
        if first
    }


def _said(needs: Collection[int]) -> dict[int, list[str]]:
    rows = Evidence.objects.filter(
        need__in=needs, kind=Evidence.Kind.PART, message__state=MessageState.SHOWN
    )
    found: dict[int, list[str]] = defaultdict(list)
    for need, body in rows.order_by("pk").values_list("need", "message__body"):
        if len(found[need]) < SAID:
            found[need].append(body)
    return found


def _answers(needs: Collection[int]) -> dict[int, Response]:
    published = Response.objects.filter(need__in=needs, state=Response.State.PUBLISHED)
    return {one.need_id: one for one in published.order_by("published_at", "pk")}


def _seen(thread: int | None, needs: Collection[int]) -> dict[int, MemorySeen]:
    if thread is None:
        return {}
    rows = MemorySeen.objects.filter(thread=thread, need__in=needs).select_related("person")
    return {one.need_id: one for one in rows}


def _last(needs: Collection[int]) -> dict[int, datetime]:
    """When each was last talked about."""
    shown_ones = Evidence.objects.filter(need__in=needs, message__state=MessageState.SHOWN)
    rows = shown_ones.order_by("message__at").values_list("need", "message__at")
    return dict(rows)
