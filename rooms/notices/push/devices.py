"""The devices of a person that hear of notices."""

import re
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.models import Person
from rooms.models import PushSubscription
from rooms.notices.selector import newest

from .encoding import decoded
from .guard import NotAllowed, target
from .sealing import reader

MOST = 10  # devices of one person; the oldest makes place
_LONGEST = PushSubscription._meta.get_field("endpoint").max_length or 0
_SECRET = 16  # bytes
# The first that fits: what calls itself Chrome as well comes before Chrome.
_BROWSERS = {
    "Edge": r"Edg(e|A|iOS)?/",
    "Samsung Internet": r"SamsungBrowser/",
    "Opera": r"OPR/",
    "Firefox": r"Firefox/|FxiOS/",
    "Chrome": r"Chrome/|Chromium/|CriOS/",
    "Safari": r"Safari/|AppleWebKit/",
}
_SYSTEMS = {
    "Android": r"Android",
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Windows": r"Windows",
    "ChromeOS": r"CrOS",
    "Mac": r"Macintosh|Mac OS X",
    "Linux": r"Linux|X11",
}


class Keys(NamedTuple):
    """What a browser gives: where to reach it, and the keys with which only it can read."""

    endpoint: str
    p256dh: str
    auth: str


def devices(person: int) -> QuerySet[PushSubscription]:
    """Newest first."""
    return PushSubscription.objects.filter(person=person)


@transaction.atomic
def subscribe(
    person: Person, keys: Keys, *, language: str, device: str, at: datetime, old: str = ""
) -> PushSubscription:
    """From now on this browser hears of this person's notices, and of nobody else's.

    `old` is the endpoint that the browser had before; it hears on from where that one was.
    Raises Refused for what is no subscription.
    """
    checked(keys)
    before = devices(person.pk).filter(endpoint__in=[keys.endpoint, old]).first()
    told = before.last_notice if before else newest(person.pk)
    PushSubscription.objects.filter(endpoint=keys.endpoint).delete()
    devices(person.pk).filter(endpoint=old).delete()
    kept = devices(person.pk).values_list("pk", flat=True)[: MOST - 1]
    devices(person.pk).exclude(pk__in=list(kept)).delete()
    return PushSubscription.objects.create(
        person=person,
        **keys._asdict(),
        language=language,
        device=device,
        made_at=at,
        last_notice=told,
    )


def stop(person: int, device: int) -> None:
    """No more to this one of their devices."""
    devices(person).filter(pk=device).delete()


def checked(keys: Keys) -> None:
    """Raises Refused unless these are the keys of a browser at a push service on the internet."""
    try:
        target(keys.endpoint)
        reader(decoded(keys.p256dh))
        right = len(decoded(keys.auth)) == _SECRET and len(keys.endpoint) <= _LONGEST
    except (NotAllowed, ValueError):
        right = False
    if not right:
        text = gettext_noop(
            "We can't send notifications to this browser. Nothing has changed. "
            "Try another browser, or choose mail."
        )
        raise Refused("no_push", text)


def named(agent: str) -> str:
    """A browser's own description as people know it: "Firefox, Android"; "" for an unknown one."""
    names = (
        next((name for name, mark in known.items() if re.search(mark, agent)), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in names if name)
