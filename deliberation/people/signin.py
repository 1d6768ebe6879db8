"""Which person a session stands for, and whether staff showed a second factor."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import get_user, login
from django.http import HttpRequest

from deliberation.kernel import clock

from .models import Person

DEMO = "demo"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def has_second_factor(session: Mapping[str, Any]) -> bool:
    """True once this session was signed in with a code, a passkey, or a demo link.

    Django empties a session that changes hands, so its records are of the person signed in.
    """
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(record.get("method") in ("mfa", DEMO) for record in records)


def person_of(session: Any) -> Person | None:
    """The person a session stands for; staff only count after their second factor."""
    user = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not isinstance(user, Person) or not user.is_active:
        return None
    return None if user.is_staff_member and not has_second_factor(session) else user


def signed_in_just_now(request: HttpRequest) -> bool:
    """True while the last password or code of this session is fresh."""
    times = [record["at"] for record in get_authentication_records(request, request.user)]
    limit: int = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(times) and clock.now().timestamp() - max(times) < limit


def needs_second_factor(request: HttpRequest) -> bool:
    """True for staff who signed in with a password alone. A visitor's session is not touched."""
    user = request.user
    return user.is_authenticated and user.is_staff_member and not has_second_factor(request.session)


def sign_in_guest(request: HttpRequest, person: Person) -> None:
    """Tie a name to this browser."""
    login(request, person, backend=_BACKEND)


def sign_in_again(request: HttpRequest, person: Person) -> None:
    """Who comes back by a link gets a new session key, whatever this browser had before.

    Never of staff: ValueError.
    """
    if person.is_staff_member:
        raise ValueError("staff sign in with a second factor")
    login(request, person, backend=_BACKEND)
    request.session.cycle_key()  # `login` keeps the key of who is the same person already


def sign_out_elsewhere(request: HttpRequest, person: Person) -> None:
    """End every other session of a resident: each holds a hash of the password that was.

    A resident's password is one that nobody can type. Never of staff: ValueError.
    """
    if person.is_staff_member or person.email:
        raise ValueError("a member of staff has a password to keep")
    person.set_unusable_password()
    person.save(update_fields=["password"])
    login(request, person, backend=_BACKEND)  # this browser's session too is a new one


def sign_in_demo(request: HttpRequest, person: Person) -> None:
    """Sign in without a password, for trying things out. Only where the settings allow it."""
    login(request, person, backend=_BACKEND)
    record_authentication(request, person, method=DEMO, reauthenticated=True)


def record_second_factor(request: HttpRequest, person: Person) -> None:
    """Who has just set up a code generator has shown that it works."""
    record_authentication(request, person, method="mfa", type="totp")


def forget_second_factor(request: HttpRequest) -> None:
    """Without a code generator, this session is worth a password again."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    kept = [record for record in records if record.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
