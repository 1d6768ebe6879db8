"""What someone decided about a suggestion: once, whoever else decides at the same moment."""

from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Need, Suggestion, SuggestionKind
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor


def suggestion_for(actor: Actor, suggestion: int, *, at: datetime) -> Suggestion:
    """The suggestion, for who may decide on it. Raises Refused."""
    found = Suggestion.objects.select_related("neighbourhood", "need").filter(pk=suggestion).first()
    if found is None:
        raise Refused("no_suggestion", gettext_noop("There is no such suggestion any more."))
    access.require(actor, found.neighbourhood, to=Action.REVIEW, at=at)
    return found


def held_open(suggestion: int) -> Suggestion:
    """The same, held so that nobody else can decide. Raises Refused where someone did."""
    held = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion)
    if held.state != Suggestion.State.OPEN:
        raise decided(held)
    return held


def open_new(need: Need) -> Suggestion | None:
    """The suggestion that made this need, held, while nobody decided on it."""
    wanted = {"need": need, "kind": SuggestionKind.NEW, "state": Suggestion.State.OPEN}
    return Suggestion.objects.select_for_update(of=("self",)).filter(**wanted).first()


def last_new(need: Need) -> Suggestion | None:
    """The suggestion that made this need, whatever was decided on it."""
    return Suggestion.objects.filter(need=need, kind=SuggestionKind.NEW).last()


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


def open_again(suggestion: Suggestion | None) -> None:
    """Nobody decided on it, unless the same was suggested anew meanwhile."""
    if suggestion is None or suggestion.state == Suggestion.State.OPEN:
        return
    same = Suggestion.objects.filter(
        neighbourhood=suggestion.neighbourhood_id, kind=suggestion.kind, key=suggestion.key
    )
    if not same.filter(state=Suggestion.State.OPEN).exists():
        suggestion.state, suggestion.reason = Suggestion.State.OPEN, ""
        suggestion.decided_by, suggestion.decided_at = None, None
        suggestion.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def decided(suggestion: Suggestion | None) -> Refused:
    """Someone else was first."""
    by = suggestion.decided_by if suggestion else None
    if by is None or not by.name:
        return Refused(
            "decided", gettext_noop("Someone decided on this already. Reload the page to see what.")
        )
    return Refused(
        "decided",
        gettext_noop("%(name)s decided on this already. Reload the page to see what."),
        values={"name": by.name},
    )
