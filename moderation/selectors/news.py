"""What notices about decisions, appeals and reports tell, in the language of now."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext

from deliberation.kernel.refusals import gettext_noop
from moderation.grounds import GROUNDS
from moderation.models import Act, Appeal, Decision, Hearing, Report
from rooms.attached import News

_SAYS = {
    Act.LEAVE: gettext_noop("A message of yours stays as it is"),
    Act.REOPEN: gettext_noop("A message of yours is looked at again"),
    Act.WARN: gettext_noop("A warning about a message of yours"),
    Act.WITHDRAW: gettext_noop("A warning to you was taken back"),
    Act.HOLD: gettext_noop("A message of yours waits for a community manager"),
    Act.REDACT: gettext_noop("Private details were left out of a message of yours"),
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
    reports = Report.objects.filter(notice__in=notices).select_related("case__message__room")
    hearings = Hearing.objects.filter(notice__in=notices).select_related("case__message__room")
    told = {one.notice_id: _decided(one) for one in decisions}
    told |= {one.notice_id: _reported(one) for one in reports}
    told |= {one.notice_id: _looked_again(one) for one in appeals}
    told |= {one.notice_id: _asked(one) for one in hearings}
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


def _reported(report: Report) -> News:
    room = report.case.message.room
    last = report.case.last_decision()
    left = last is not None and last.act == Act.LEAVE
    return News(
        says=gettext("We looked at what you reported"),
        words=gettext("The message stays.") if left else gettext("We did something about it."),
        path=reverse("report", args=[room.slug, report.pk]),
        place=room.title,
    )


def _asked(hearing: Hearing) -> News:
    room = hearing.case.message.room
    return News(
        says=gettext("A community manager asks you something about your message"),
        words=hearing.words,
        path=reverse("hearing", args=[room.slug, hearing.pk]),
        place=room.title,
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
