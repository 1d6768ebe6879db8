"""A person decides what comes on the agenda."""

from collections.abc import Sequence
from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Need, NeedState, Suggestion, SuggestionKind, Wording
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor

from .announcing import agenda_writing
from .history import EditKind, kept
from .moving import step_to
from .sentences import Wanted
from .wording import reword


def need_accept(
    *,
    actor: Actor,
    need: int,
    at: datetime,
    sentences: Sequence[Wanted] = (),
    theme: str | None = None,
) -> Need:
    """Put a suggested need on the agenda; with other words (title first) where they are given."""
    place = access.need_for(actor, need, to=Action.REVIEW, at=at).neighbourhood_id
    with agenda_writing(place) as log:
        found = log.need(need)
        suggestion = open_new(found)
        if found.state != NeedState.SUGGESTED:
            raise decided(suggestion or Suggestion.objects.filter(need=found).last())
        with kept(EditKind.ACCEPT, found, actor=actor, at=at, suggestion=suggestion):
            if sentences:
                reword(found, sentences, Wording.EDITED)
            if theme is not None:
                found.theme = theme
                found.save(update_fields=["theme"])
            kind = step_to(found, NeedState.ON_AGENDA, actor=actor, at=at)
            close(suggestion, Suggestion.State.ACCEPTED, actor=actor, at=at)
        log.tell(found, kind, actor=actor, at=at)
        return found


def open_new(need: Need) -> Suggestion | None:
    """The suggestion that made this need, while nobody decided on it."""
    wanted = {"need": need, "kind": SuggestionKind.NEW, "state": Suggestion.State.OPEN}
    return Suggestion.objects.select_for_update(of=("self",)).filter(**wanted).first()


def close(
    suggestion: Suggestion | None,
    state: Suggestion.State,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Keep what was decided, by whom and when."""
    if suggestion is None:
        return
    suggestion.state, suggestion.reason = state, reason
    suggestion.decided_by_id, suggestion.decided_at = actor.id, at
    suggestion.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def decided(suggestion: Suggestion | None) -> Refused:
    """Someone else was first."""
    by = suggestion.decided_by if suggestion else None
    if by is None:
        return Refused(
            "decided", gettext_noop("Someone decided on this already. Reload the page to see what.")
        )
    return Refused(
        "decided",
        gettext_noop("%(name)s decided on this already. Reload the page to see what."),
        values={"name": by.name},
    )
