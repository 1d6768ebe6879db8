"""Which person a session stands for, and whether staff showed a second factor."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import get_user
from django.http import HttpRequest

from .models import Person


def has_second_factor(session: Mapping[str, Any]) -> bool:
    """True once this session was signed in with a code, a passkey, or a demo link."""
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(record.get("method") in ("mfa", "demo") for record in records)


def person_of(session: Any) -> Person | None:
    """The person a session stands for; staff only count after their second factor."""
    user = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not isinstance(user, Person) or not user.is_active:
        return None
    return None if user.is_staff_member and not has_second_factor(session) else user


def needs_second_factor(request: HttpRequest) -> bool:
    """True for staff who signed in with a password alone. A visitor's session is not touched."""
    user = request.user
    return user.is_authenticated and user.is_staff_member and not has_second_factor(request.session)
