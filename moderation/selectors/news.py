"""What notices about decisions and appeals tell, in the language of now."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext

from deliberation.kernel.refusals import gettext_noop
from moderation.grounds import GROUNDS
from moderation.models import Act, Appeal, Decision
from rooms.attached import News

_SAYS = {
    Act.HIDE: gettext_noop("A message of yours was hidden"),
    Act.RESTORE: gettext_noop("A message of yours is shown again"),
    Act.BAN: gettext_noop("You can't write for a while"),
    Act.UNBAN: gettext_noop("You can write again"),
}


def news_of(notices: Collection[int]) -> Mapping[int, News]:
    """By notice (id)."""
    if not notices:
        return {}
    decisions = Decision.objects.filter(notice__in=notices).select_related("room")
    appeals = Appeal.objects.filter(notice__in=notices).select_related("decision__room")
    told = {one.notice_id: _decided(one) for one in decisions}
    told |= {one.notice_id: _looked_again(one) for one in appeals}
    return {pk: news for pk, news in told.items() if pk is not None}


def _decided(decision: Decision) -> News:
    ground = GROUNDS.get(decision.ground)
    why = f"{str(ground.key.label).capitalize()}. " if ground else ""
    return News(
        says=gettext(_SAYS[Act(decision.act)]),
        words=f"{why}{decision.facts}",
        path=_path(decision),
        place=decision.room.title,
    )


def _looked_again(appeal: Appeal) -> News:
    return News(
        says=gettext("Another person looked again, as you asked"),
        words=appeal.answer,
        path=_path(appeal.decision),
        place=appeal.decision.room.title,
    )


def _path(decision: Decision) -> str:
    return reverse("decision", args=[decision.room.slug, decision.puid])
