"""What happens after the answer: work begins, gets further, is done. Each says what and when."""

from datetime import date, datetime

from deliberation.agenda.models import Milestone, NeedNotice, NeedState
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events

from .holding import holding, require_state
from .moving import step_to
from .responses import checked_link
from .telling import tell_concerned

ANSWERED = (NeedState.ANSWERED, NeedState.UNDER_WAY, NeedState.DONE)


def milestone_add(
    *, actor: Actor, need: int | str, text: str, on: date, at: datetime, link: str = ""
) -> Milestone:
    """Tell what was done on a day, or is planned for it."""
    return _told(actor, need, None, text=text, on=on, at=at, link=link)


def need_start(
    *, actor: Actor, need: int | str, text: str, on: date, at: datetime, link: str = ""
) -> Milestone:
    """The work begins, with this."""
    return _told(actor, need, NeedState.UNDER_WAY, text=text, on=on, at=at, link=link)


def need_done(
    *, actor: Actor, need: int | str, text: str, on: date, at: datetime, link: str = ""
) -> Milestone:
    """What was promised is done, with this as the last step."""
    return _told(actor, need, NeedState.DONE, text=text, on=on, at=at, link=link)


def _told(
    actor: Actor,
    need: int | str,
    to: NeedState | None,
    *,
    text: str,
    on: date,
    at: datetime,
    link: str,
) -> Milestone:
    with holding(actor, need, to=Action.PROGRESS, at=at) as (log, found):
        require_state(
            found, ANSWERED, gettext_noop("Only what has an answer can be under way or done.")
        )
        made = Milestone(need=found, on=on, by_id=actor.id, at=at)
        made.text, made.link = line(text, limit=REASON_LIMIT), checked_link(link)
        if to is not None:
            step_to(found, to, actor=actor, at=at)
        made.save()
        tell_concerned(found, NeedNotice.Kind.MILESTONE, made.pk, actor=actor, at=at)
        log.tell(found, events.NeedProgressed, actor=actor, at=at)
        return made
