"""How many notices are unread, for the header of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from deliberation.people.signin import person_of

from .selector import unread as unread_of


def unread(request: HttpRequest) -> dict[str, Any]:
    """Asked of the database only by a page that shows it, and only for who has a name."""
    return {"unread_notices": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    person = person_of(request.session) if hasattr(request, "session") else None
    return unread_of(person.pk) if person else 0
