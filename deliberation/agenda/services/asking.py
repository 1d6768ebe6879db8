"""Asking the municipality for an answer: who owes it, who decides, and by when."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings

from deliberation.agenda import deadlines
from deliberation.agenda.models import Body, Extension, Need, NeedState
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.roles import Role
from deliberation.protocol import events
from deliberation.protocol.events import AnyEvent

from .holding import NOT_LISTED, holding, require_state
from .moving import step_to

ANSWERS = frozenset({Role.OFFICIAL, Role.ADMINISTRATOR})
LONGEST = timedelta(days=366)  # from today; further away is no date that anyone can rely on
_LIVE = (NeedState.ON_AGENDA, NeedState.ASKED, NeedState.ANSWERED, NeedState.UNDER_WAY)


def need_ask(
    *, actor: Actor, need: int | str, body: str, at: datetime, owner: int | None = None
) -> Need:
    """Have the municipality owe an answer, decided by `body`; an official may own it."""
    with holding(actor, need, to=Action.ASK, at=at) as (log, found):
        found.body = _body(body)
        found.owner = official(owner)
        found.save(update_fields=["body", "owner"])
        kind = be_asked(found, actor=actor, at=at)
        log.tell(found, kind, actor=actor, at=at)
        return found


def need_assign(
    *, actor: Actor, need: int | str, owner: int | None, at: datetime, body: str = ""
) -> Need:
    """Say which official owns the answer, or nobody; and who decides, if that is another now.

    The date stays: another body may be slower, but a later date needs a reason (`need_extend`).
    """
    with holding(actor, need, to=Action.PROGRESS, at=at) as (_, found):
        require_state(found, _LIVE, NOT_LISTED)
        found.owner = official(owner)
        found.body = _body(body) if body else found.body
        found.save(update_fields=["body", "owner"])
        return found


def need_extend(
    *, actor: Actor, need: int | str, until: date, reason: str, at: datetime
) -> Extension:
    """Give a later day for the answer, with a reason that everyone can read."""
    with holding(actor, need, to=Action.EXTEND, at=at) as (log, found):
        require_state(
            found, [NeedState.ASKED], gettext_noop("No answer is owed now, so no date can move.")
        )
        why = line(reason, limit=REASON_LIMIT)
        old = _later(found, until, at=at)
        made = Extension.objects.create(
            need=found, old_due=old, new_due=until, reason=why, by_id=actor.id, at=at
        )
        found.due_on = until
        found.save(update_fields=["due_on"])
        log.tell(found, events.NeedChanged, actor=actor, at=at)
        return made


def be_asked(
    need: Need, *, actor: Actor, at: datetime, by_itself: bool = False
) -> Callable[..., AnyEvent]:
    """Take the step and compute by when; gives the event to tell of it with. Hold the need."""
    kind = step_to(need, NeedState.ASKED, actor=actor, at=at, by_itself=by_itself)
    found = deadlines.due(settings.NEED_POLICY, need.body, at=at, zone=settings.TIME_ZONE)
    need.due, need.due_on = deadlines.as_stored(found), found.on
    need.save(update_fields=["due", "due_on"])
    return kind


def official(person: int | None) -> Person | None:
    """Who can own an answer. Raises Refused for who can't."""
    if person is None:
        return None
    found = Person.objects.filter(pk=person, is_active=True).first()
    if found is None or not found.role_set & ANSWERS:
        raise Refused(
            "no_official", gettext_noop("Choose someone who answers for the municipality.")
        )
    return found


def _body(body: str) -> Body:
    if body not in Body:
        raise Refused("no_body", gettext_noop("Choose who decides."))
    return Body(body)


def _later(need: Need, until: date, *, at: datetime) -> date:
    """The day that was; Refused unless `until` is later, and near enough to rely on."""
    today = deadlines.local_day(at, settings.TIME_ZONE)
    old = need.due_on or today
    if until <= max(old, today):
        raise Refused(
            "not_later", gettext_noop("Choose a day after today and after the day it is now.")
        )
    if until > today + LONGEST:
        raise Refused("too_late", gettext_noop("Choose a day within a year."))
    return old
