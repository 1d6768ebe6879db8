"""The municipality's answer: drafted, read by a second person, published for good."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from deliberation.agenda.models import Need, NeedNotice, NeedState, Outcome, Response
from deliberation.agenda.references import next_kenmerk
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import passage
from deliberation.people.actors import Actor
from deliberation.protocol import events

from .holding import holding, require_state
from .moving import step_to
from .telling import tell_concerned

ANSWER_LIMIT = 6000  # characters of a reason
LINK_LIMIT = 500
# After the first answer a later one is possible, until the need is closed.
ANSWERABLE = (NeedState.ASKED, NeedState.ANSWERED, NeedState.UNDER_WAY, NeedState.DONE)
_is_link = URLValidator(schemes=["https", "http"])


def response_draft(
    *,
    actor: Actor,
    need: int | str,
    at: datetime,
    outcome: str = "",
    reason: str = "",
    link: str = "",
) -> Response:
    """Keep what is written so far; it need not be whole. A change has to be read again."""
    with holding(actor, need, to=Action.ANSWER, at=at) as (_, found):
        require_state(found, ANSWERABLE, _NOT_ASKED)
        response = _unpublished(found) or Response(need=found, author_id=actor.id, drafted_at=at)
        before = (response.outcome, response.reason, response.link)
        after = (_outcome(outcome), passage(reason, limit=ANSWER_LIMIT), checked_link(link))
        if response.pk and before == after:
            return response
        response.outcome, response.reason, response.link = after
        response.author_id, response.drafted_at = actor.id, at
        response.state, response.reader, response.read_at = Response.State.DRAFT, None, None
        response.save()
        return response


def response_read(
    *, actor: Actor, need: int | str, at: datetime, drafted_at: datetime | None = None
) -> Response:
    """Say, as someone else than who wrote it, that a draft is right.

    `drafted_at`: which draft was read; refused when it was changed since.
    """
    with holding(actor, need, to=Action.ANSWER, at=at) as (_, found):
        response = _waiting(found)
        require_whole(response)
        if response.author_id == actor.id:
            raise Refused(
                "own_draft", gettext_noop("You wrote this. Ask a colleague to read it first.")
            )
        if drafted_at is not None and drafted_at != response.drafted_at:
            raise Refused(
                "changed",
                gettext_noop("Someone changed the draft in the meantime. Read it once more."),
            )
        response.state, response.read_at = Response.State.READ, at
        response.reader_id = actor.id
        response.save(update_fields=["state", "read_at", "reader"])
        return response


def response_publish(*, actor: Actor, need: int | str, at: datetime) -> Response:
    """Publish the answer that was drafted and read, and tell whom the need concerns.

    Refused without an outcome, without a reason, and before a second person read it.
    """
    with holding(actor, need, to=Action.ANSWER, at=at) as (log, found):
        response = _waiting(found)
        require_whole(response)
        if response.state != Response.State.READ:
            raise Refused(
                "no_reader",
                gettext_noop("A colleague has to read this first. Keep it as a draft and ask one."),
            )
        _publish(response, actor=actor, at=at)
        kind = events.NeedAnswered
        if found.state == NeedState.ASKED:
            step_to(found, NeedState.ANSWERED, actor=actor, at=at)
        tell_concerned(found, NeedNotice.Kind.ANSWERED, response.pk, actor=actor, at=at)
        log.tell(found, kind, actor=actor, at=at)
        return response


def require_whole(response: Response) -> None:
    """Refuse an answer that does not say what is decided, or not why."""
    if not response.outcome:
        raise Refused("no_outcome", gettext_noop("Choose the outcome first. Your text is kept."))
    if not response.reason:
        raise Refused(
            "no_reason",
            gettext_noop("An answer needs a reason. Write why, so that everyone understands it."),
        )


def checked_link(link: str) -> str:
    """An address on the web, or none. Raises Refused."""
    found = passage(link, limit=LINK_LIMIT)
    try:
        if found:
            _is_link(found)
    except ValidationError as error:
        raise Refused(
            "no_link",
            gettext_noop("This is no web address. Copy the whole of it, with https:// in front."),
        ) from error
    return found


def _outcome(outcome: str) -> str:
    if outcome and outcome not in Outcome:
        raise Refused("no_outcome", gettext_noop("Choose the outcome first. Your text is kept."))
    return outcome


def _publish(response: Response, *, actor: Actor, at: datetime) -> None:
    response.state, response.published_at = Response.State.PUBLISHED, at
    response.publisher_id, response.kenmerk = actor.id, next_kenmerk(at=at)
    response.save(update_fields=["state", "published_at", "publisher", "kenmerk"])


def _unpublished(need: Need) -> Response | None:
    return Response.objects.filter(need=need).exclude(state=Response.State.PUBLISHED).first()


def _waiting(need: Need) -> Response:
    """The draft of a need that can be answered. Raises Refused."""
    require_state(need, ANSWERABLE, _NOT_ASKED)
    found = _unpublished(need)
    if found is None:
        raise Refused("no_draft", gettext_noop("There is no draft of an answer yet. Write one."))
    return found


_NOT_ASKED = gettext_noop("No answer can be given now: this need was not asked, or it is closed.")
