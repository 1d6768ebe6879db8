"""How fast plain forms may come, per person and per address; in memory, for minutes only."""

from collections.abc import Hashable
from datetime import datetime

from django.conf import settings

from deliberation.kernel.limits import Limiter, Rate
from deliberation.kernel.refusals import Refused, gettext_noop

# A hall, a school or a library shares one address, so this is wide.
JOINS = Limiter(Rate(burst=40, seconds=15))
FORMS = Limiter(Rate(burst=240, seconds=0.1))
WRITING = Limiter(Rate(burst=8, seconds=3))
DOWNLOADS = Limiter(Rate(burst=20, seconds=15))  # files that take the server some seconds
MAILS = Limiter(Rate(burst=3, seconds=600))  # to addresses that nobody confirmed yet
LINKS = Limiter(Rate(burst=20, seconds=60))  # links by mail, asked for from one network


def admit_join(address: str, *, at: datetime) -> None:
    """Let someone join from this address, or raise Refused."""
    text = gettext_noop(
        "Many people just joined from your network. Wait %(seconds)s seconds and try again. "
        "Your text is kept."
    )
    _take(JOINS, address, at, text)


def admit_form(person: int, address: str, *, at: datetime) -> None:
    """Let a form with words pass, or raise Refused."""
    text = gettext_noop(
        "That is going very fast. Wait %(seconds)s seconds and try again. Your text is kept."
    )
    _take(WRITING, person, at, text)
    _take(FORMS, address, at, text)


def admit_tablet(screen: int, *, at: datetime) -> None:
    """Let words pass that were written on a tablet in a hall, or raise Refused."""
    text = gettext_noop(
        "That is going very fast. Wait %(seconds)s seconds and try again. Your text is kept."
    )
    _take(WRITING, ("tablet", screen), at, text)


def admit_download(address: str, *, at: datetime) -> None:
    """Let a large file be made for this address, or raise Refused."""
    text = gettext_noop(
        "Many files were asked for from your network. Wait %(seconds)s seconds and try again."
    )
    _take(DOWNLOADS, address, at, text)


def admit_mail(person: int, address: str, *, at: datetime) -> None:
    """Let a mail go to an address that is not confirmed yet, or raise Refused."""
    text = gettext_noop("You asked for a few mails already. Wait %(seconds)s seconds.")
    for key in (person, address):
        _take(MAILS, key, at, text)


def admit_link(email: str, address: str, *, at: datetime) -> None:
    """Let a link go to `email`, asked for from a network `address`, or raise Refused.

    Whether anyone is known under `email` makes no difference.
    """
    text = gettext_noop("You asked for a few mails already. Wait %(seconds)s seconds.")
    _take(LINKS, address, at, text)
    _take(MAILS, email, at, text)


def _take(limiter: Limiter, key: Hashable, at: datetime, text: str) -> None:
    if not settings.RATE_LIMITS:
        return
    wait = limiter.wait(key, at.timestamp())
    if wait:
        seconds = max(1, round(wait))
        raise Refused("too_fast", text, retry_after=wait, values={"seconds": seconds})
