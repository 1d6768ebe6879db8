"""Changing what a need says, and who decides on it."""

from collections.abc import Sequence
from datetime import datetime

from deliberation.agenda.models import Body, Need, Suggestion, Wording
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import line
from deliberation.people.actors import Actor
from deliberation.protocol import events

from .announcing import AgendaWriting
from .history import EditKind, kept
from .holding import holding, require_state
from .moving import OPEN
from .sentences import Wanted
from .wording import MOST_SENTENCES, reword, wanted_now

THEME_LIMIT = 60


def need_edit(
    *,
    actor: Actor,
    need: int | str,
    at: datetime,
    sentences: Sequence[Wanted] = (),
    theme: str | None = None,
    body: Body | None = None,
) -> Need:
    """Other sentences (title first), theme or body, where they are given. What is as it was
    changes nothing and is not told."""
    with holding(actor, need, to=Action.REVIEW, at=at) as (log, found):
        require_open(found)
        with kept(EditKind.EDIT, found, actor=actor, at=at) as edit:
            change(found, sentences=sentences, wording=Wording.EDITED, theme=theme, body=body)
        if edit.pk:
            log.tell(found, events.NeedChanged, actor=actor, at=at)
        return found


def retitle(
    log: AgendaWriting,
    need: Need,
    wanted: Sequence[Wanted],
    wording: Wording | None,
    *,
    suggestion: Suggestion,
    actor: Actor,
    at: datetime,
) -> None:
    """The words of a suggestion, as they were suggested. For services that checked rights."""
    with kept(EditKind.EDIT, need, actor=actor, at=at, suggestion=suggestion):
        change(need, sentences=wanted, wording=wording)
    log.tell(need, events.NeedChanged, actor=actor, at=at)


def change(
    need: Need,
    *,
    sentences: Sequence[Wanted] = (),
    wording: Wording | None = None,
    theme: str | None = None,
    body: Body | None = None,
) -> None:
    """Store what is given and differs. Raises Refused."""
    if len(sentences) > MOST_SENTENCES:
        raise Refused(
            "too_many",
            gettext_noop("A summary has at most three sentences. Leave one out."),
        )
    if sentences and list(sentences) != wanted_now(need):
        reword(need, sentences, wording)
    if theme is not None:
        need.theme = line(theme, limit=THEME_LIMIT) if theme else ""
    if body is not None:
        need.body = body
    need.save(update_fields=["theme", "body"])


def open_need(log: AgendaWriting, need: int) -> Need:
    """The need, held, while it can still be changed. Raises Refused."""
    found = log.need(need)
    require_open(found)
    return found


def require_open(need: Need) -> None:
    """Raises Refused for a need that is done or closed."""
    text = gettext_noop("This need is closed or done. Reopen it before you change it.")
    require_state(need, OPEN, text)
