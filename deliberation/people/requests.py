"""The person behind a page request."""

from datetime import datetime

from django.http import HttpRequest

from .actors import Actor, actor_of
from .signin import person_of


def actor_for(request: HttpRequest, *, at: datetime) -> Actor:
    """Who asks; the visitor where nobody is signed in. Sets no cookie."""
    return actor_of(person_of(request.session), at=at)
