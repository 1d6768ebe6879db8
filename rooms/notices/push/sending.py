"""Which device hears what, and when. Run by the worker after the follower; restartable anywhere."""

import asyncio
import json
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.text import Truncator

from rooms.models import Notice, PushSubscription
from rooms.notices.lines import Line, lines

from . import keys
from .delivery import Answer, delivered
from .encoding import decoded
from .guard import NotAllowed, target
from .sealing import sealed

AT_ONCE = 16  # requests side by side
ROUND = 10.0  # seconds after which no more are begun; modes that end must not wait
LIVES = timedelta(hours=24)  # a notice; later than this it is no news
PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=6)
GIVE_UP = 40  # failures in a row: over a week
WORDS = 120  # characters of a message
TITLE = 60  # characters of a conversation's title
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Errand:
    """One notice for one device, in its language; `before` is what it had heard until then."""

    device: PushSubscription
    line: Line
    before: int


def push_send(*, at: datetime) -> None:
    """One round. A notice goes to a device at most once, unless its service says "not now"."""
    ends = monotonic() + ROUND
    while keys.public() and (errands := _claimed(at)):
        answers = asyncio.run(_all_delivered(errands, at))
        for errand, answer in zip(errands, answers, strict=True):
            _settle(errand, answer, at)
        if monotonic() > ends:
            return


def _claimed(at: datetime) -> list[Errand]:
    """Who waited longest goes first. Claimed before it is sent: who dies in between loses a
    notice, which is still on the page, and doubles none."""
    errands: list[Errand] = []
    for device in _due(at):
        before, notice = device.last_notice, _news(device.person_id, before=device, at=at).first()
        mine = PushSubscription.objects.filter(pk=device.pk, last_notice=before)
        if notice and mine.update(last_notice=notice.pk, tried_at=at):
            with translation.override(device.language):
                errands += [Errand(device, line, before) for line in lines([notice])]
    return errands


def _due(at: datetime) -> list[PushSubscription]:
    """Devices for which there is something, a few."""
    waiting = _fresh(at).filter(person=OuterRef("person"), pk__gt=OuterRef("last_notice"))
    found = PushSubscription.objects.filter(
        Q(wait_until=None) | Q(wait_until__lte=at), person__is_active=True
    )
    found = found.annotate(next=Subquery(waiting.values("pk")[:1])).exclude(next=None)
    return list(found.order_by(F("tried_at").asc(nulls_first=True), "pk")[:AT_ONCE])


def _news(person: int, *, before: PushSubscription, at: datetime) -> QuerySet[Notice]:
    mine = _fresh(at).filter(person=person, pk__gt=before.last_notice).order_by("pk")
    return mine.select_related("message__author", "message__thread", "message__room")


def _fresh(at: datetime) -> QuerySet[Notice]:
    """What nobody read yet, can still be seen, and is still news."""
    return Notice.objects.shown().filter(read_at=None, at__gte=at - LIVES)


async def _all_delivered(errands: list[Errand], at: datetime) -> list[Answer]:
    context = ssl.create_default_context()
    return await asyncio.gather(*(_delivered(errand, at, context) for errand in errands))


async def _delivered(errand: Errand, at: datetime, context: ssl.SSLContext) -> Answer:
    device = errand.device
    try:
        headers = _headers(errand, at)
    except NotAllowed as refused:  # the settings changed since it subscribed
        return Answer(0, why=f"not allowed: {refused}")
    body = sealed(
        payload(errand.line, device.language),
        p256dh=decoded(device.p256dh),
        auth=decoded(device.auth),
    )
    return await delivered(device.endpoint, headers, body, context)


def _headers(errand: Errand, at: datetime) -> dict[str, str]:
    return {
        "Authorization": keys.authorization(target(errand.device.endpoint).origin, at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(LIVES.total_seconds())),
        "Urgency": "normal",
        "Topic": errand.line.tag,  # sent again, it takes the place of itself
    }


def payload(line: Line, language: str) -> bytes:
    """What the service worker shows (frontend sw.ts): title, body, url, tag, lang; as JSON."""
    words = Truncator(" ".join(line.news.words.split())).chars(WORDS)
    shown = {
        "title": line.news.says,
        "body": f"{Truncator(line.news.place).chars(TITLE)}: {words}",
        "url": line.news.path,
        "tag": line.tag,
        "lang": language,
    }
    return json.dumps(shown, ensure_ascii=False).encode()


def _settle(errand: Errand, answer: Answer, at: datetime) -> None:
    """Arrived; or gone for good; or for later; or never, but the next one may."""
    device = PushSubscription.objects.filter(pk=errand.device.pk)
    if answer.arrived:
        device.update(failures=0, wait_until=None)
        return
    _log.warning("push.not_sent", status=answer.status, why=answer.why)
    failures = errand.device.failures + 1
    if answer.gone or failures >= GIVE_UP:
        device.delete()
        return
    pause = answer.wait(at) or min(PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    device.update(failures=failures, wait_until=at + pause)
    if answer.later:
        device.filter(last_notice=errand.line.notice.pk).update(last_notice=errand.before)
