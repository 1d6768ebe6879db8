"""One decision for several cases at once; each is a decision of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import QueryDict

from deliberation.kernel.ids import derived_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import number
from deliberation.people.actors import Actor
from moderation.forms.queue import TogetherForm
from moderation.models import Act, Case, Decision
from moderation.services import case_leave, case_reopen, message_hide, message_restore
from rooms.views.answers import outcome

MOST = 50


@dataclass(frozen=True)
class Together:
    """How many were done, and how many not: someone else decided, or may not be decided so."""

    done: int
    refused: int


def done_together(actor: Actor, sent: QueryDict, form: TogetherForm, *, at: datetime) -> Together:
    """`do`: hide or leave the ticked cases, or turn the ticked decisions back. Raises Refused."""
    form.is_valid()
    do, chosen = sent.get("do", ""), [pk for one in sent.getlist("cases") if (pk := number(one))]
    if not chosen or do not in _WORKS:
        raise Refused("nothing", gettext_noop("Tick something first."))
    if do == "hide" and not form.text("ground"):
        raise Refused("no_ground", gettext_noop("Choose one of the reasons in the list first."))
    works = _WORKS[do](actor, chosen[:MOST], form, at)
    said = [outcome(work) for work in works]
    refused = sum(isinstance(one, Refused) for one in said)
    return Together(len(said) - refused, refused)


Works = list[Callable[[], object]]


def _hide(actor: Actor, chosen: list[int], form: TogetherForm, at: datetime) -> Works:
    return [
        partial(
            message_hide,
            actor=actor,
            room=case.message.room,
            ref=derived_ref("together", form.asked(), str(case.pk)),
            message=case.message_id,
            ground=form.text("ground"),
            reason=form.text("reason"),
            at=at,
        )
        for case in _cases(chosen)
    ]


def _leave(actor: Actor, chosen: list[int], form: TogetherForm, at: datetime) -> Works:
    return [
        partial(
            case_leave,
            actor=actor,
            room=case.message.room,
            ref=derived_ref("together", form.asked(), str(case.pk)),
            case=case.pk,
            reason=form.text("reason"),
            at=at,
        )
        for case in _cases(chosen)
    ]


def _turn_back(actor: Actor, chosen: list[int], form: TogetherForm, at: datetime) -> Works:
    decisions = Decision.objects.filter(pk__in=chosen, by=actor.id, undone_by=None)
    return [
        partial(_turned_back, one, actor=actor, form=form, at=at)
        for one in decisions.select_related("room", "message__room")
    ]


def _turned_back(one: Decision, *, actor: Actor, form: TogetherForm, at: datetime) -> None:
    assert one.message is not None
    room, ref = one.message.room, derived_ref("back", form.asked(), str(one.pk))
    reason = form.text("reason")
    if one.act == Act.HIDE:
        message = one.message_id or 0
        message_restore(actor=actor, room=room, ref=ref, message=message, reason=reason, at=at)
    else:
        case = one.case_id or 0
        case_reopen(actor=actor, room=room, ref=ref, case=case, reason=reason, at=at)


def _cases(chosen: list[int]) -> list[Case]:
    return list(Case.objects.filter(pk__in=chosen).select_related("message__room"))


_WORKS: dict[str, Callable[[Actor, list[int], TogetherForm, datetime], Works]] = {
    "hide": _hide,
    "leave": _leave,
    "back": _turn_back,
}
