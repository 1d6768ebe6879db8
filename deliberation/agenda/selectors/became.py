"""What happened with someone's messages: sentence, need, answer, milestones."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from deliberation.agenda.models import (
    Evidence,
    Milestone,
    Need,
    NeedSentence,
    NeedState,
    Response,
)

from .cards import address_of
from .words import sentences_of, shown, titles


@dataclass(frozen=True)
class Became:
    """A need that a message is part of. `sentences`: those of it, title included, that cite it.

    `is_suggested`: the computer put it there and nobody has looked yet.
    """

    need: Need
    title: str
    sentences: list[str]
    answer: Response | None
    milestones: list[Milestone]

    @property
    def address(self) -> str:
        return address_of(self.need)

    @property
    def is_suggested(self) -> bool:
        return self.need.state == NeedState.SUGGESTED


def became(messages: Collection[int]) -> dict[int, list[Became]]:
    """For each of these messages (by id) that is part of a need: the needs it is part of."""
    rows = Evidence.objects.filter(message__in=messages).select_related("need__neighbourhood")
    links = [row for row in rows.order_by("need") if _is_seen(row.need)]
    needs = {row.need_id for row in links}
    title, sentences = titles(needs), _sentences(needs)
    answers, milestones = _answers(needs), _milestones(needs)
    found: dict[int, list[Became]] = defaultdict(list)
    for row in links:
        found[row.message_id].append(
            Became(
                need=row.need,
                title=title.get(row.need_id, ""),
                sentences=[
                    shown(one) for one in sentences[row.need_id] if _cites(one, row.message_id)
                ],
                answer=answers.get(row.need_id),
                milestones=milestones[row.need_id],
            )
        )
    return found


def kenmerken(messages: Collection[int]) -> dict[int, str]:
    """The kenmerk of the need that each of these messages is part of, where there is one."""
    return _kenmerken(Evidence.objects.filter(message__in=messages))


def kenmerken_in(thread: int) -> dict[int, str]:
    """The same, for a whole conversation."""
    return _kenmerken(Evidence.objects.filter(message__thread=thread))


def _kenmerken(evidence: QuerySet[Evidence]) -> dict[int, str]:
    public = Need.objects.public().filter(merged_into=None)
    rows = evidence.filter(need__in=public).order_by("-need")
    return {
        message: kenmerk or "" for message, kenmerk in rows.values_list("message", "need__kenmerk")
    }


def _is_seen(need: Need) -> bool:
    """What was closed before it came on an agenda is nowhere to be read."""
    return need.kenmerk is not None or need.state == NeedState.SUGGESTED


def _cites(sentence: NeedSentence, message: int) -> bool:
    return any(one.message_id == message and one.stands for one in sentence.citations.all())


def _sentences(needs: Collection[int]) -> dict[int, list[NeedSentence]]:
    found: dict[int, list[NeedSentence]] = defaultdict(list)
    for one in sentences_of(needs):
        found[one.need_id].append(one)
    return found


def _answers(needs: Collection[int]) -> dict[int, Response]:
    published = Response.objects.filter(need__in=needs, state=Response.State.PUBLISHED)
    return {one.need_id: one for one in published.order_by("published_at", "pk")}


def _milestones(needs: Collection[int]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = defaultdict(list)
    for one in Milestone.objects.filter(need__in=needs):
        found[one.need_id].append(one)
    return found
