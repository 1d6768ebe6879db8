"""Residents with a session each, made in bulk, for load generators and replays."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session

from deliberation.kernel.clock import now
from deliberation.people.models import Person

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def members(room: str, count: int) -> Iterator[str]:
    """Make (or find) `count` residents for `room`; yields a cookie header's value for each."""
    sources = [f"bench:{room}:{number}" for number in range(count)]
    Person.objects.bulk_create(
        [
            Person(name=f"Bewoner {number}", source=source, password="!")  # noqa: S106
            for number, source in enumerate(sources)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    people = {p.source: p for p in Person.objects.filter(source__startswith=f"bench:{room}:")}
    yield from sign_in(people[source] for source in sources)


def sign_in(people: Iterable[Person]) -> list[str]:
    """A fresh session for each person, as the value of a Cookie header."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    expires = now() + timedelta(days=30)
    sessions = [
        Session(
            session_key=store._get_new_session_key(),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: _BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for person in people
    ]
    Session.objects.bulk_create(sessions, batch_size=500)
    return [f"{settings.SESSION_COOKIE_NAME}={session.session_key}" for session in sessions]
