"""Names of states and outcomes, for what a document holds as data."""

from datetime import date, datetime

from django import template

from deliberation.agenda.models import Body, NeedState, Outcome

register = template.Library()


@register.filter
def need_state(state: str) -> str:
    return str(NeedState(state).label)


@register.filter
def outcome_name(outcome: str) -> str:
    return str(Outcome(outcome).label)


@register.filter
def body_name(body: str) -> str:
    return str(Body(body).label)


@register.filter
def moment(text: str) -> datetime:
    """A time that was written as text."""
    return datetime.fromisoformat(text)


@register.filter
def day(text: str | None) -> date | None:
    """A day that was written as text."""
    return date.fromisoformat(text) if text else None


@register.filter
def hundred(share: float | None) -> str:
    """A share as so many out of a hundred."""
    return "–" if share is None else str(round(100 * share))
