"""Mail with what is new: what concerns someone first, then new conversations where they write."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from rooms.models import Digest, Message, NoticeKind, Thread, ThreadState

from . import tokens
from .lines import Line, lines
from .mailing import is_refused, is_refused_for_good
from .selector import newest, notices

EVERY = {Digest.Every.DAILY: timedelta(days=1), Digest.Every.WEEKLY: timedelta(days=7)}
AT_ONCE = 50  # mails a round
MOST = 20  # of each kind in one mail
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class News:
    """What is new since the last mail; newest first."""

    lines: list[Line]
    threads: list[Thread]

    def __bool__(self) -> bool:
        return bool(self.lines or self.threads)


def digests_send(*, at: datetime) -> None:
    """Mail everyone whose time has come. A mail that can't be sent is tried again next round.

    An address that is refused holds up nobody else; a mail server that is away ends the round.
    """
    for digest in _due(at)[:AT_ONCE]:
        before = {"sent_at": digest.sent_at, **_told(digest)}
        now = _newest(digest.person_id)
        # Claimed before it is sent: a worker that dies loses at most this one, and doubles none.
        if not Digest.objects.filter(pk=digest.pk, **before).update(sent_at=at, **now):
            continue
        try:
            with translation.override(digest.language):
                _send(digest, _news(digest, now))
        except OSError as error:  # also what SMTP says
            _log.warning("digest.not_sent", kind=type(error).__name__)
            # One that is refused for good waits its whole time.
            if not is_refused_for_good(error):
                Digest.objects.filter(pk=digest.pk).update(**before)
            if not is_refused(error):
                return


def confirm(digest: Digest, *, at: datetime) -> None:
    """From here on there is mail, about what comes from here on."""
    unconfirmed = Digest.objects.filter(pk=digest.pk, confirmed_at=None)
    unconfirmed.update(confirmed_at=at, **_newest(digest.person_id))


def send_confirmation(digest: Digest) -> None:
    """Ask the owner of an address whether it is theirs."""
    link = _link("digest_confirm", tokens.CONFIRM, digest)
    with translation.override(digest.language):
        text = render_to_string("rooms/notices/confirm.txt", _about(digest) | {"link": link})
        _mail(digest, gettext("Is this your e-mail address?"), text).send()


def _due(at: datetime) -> list[Digest]:
    """Whose last mail, or first wish, is long enough ago."""
    waiting = Q()
    for every, pause in EVERY.items():
        waiting |= Q(every=every) & Q(last__lte=at - pause)
    found = Digest.objects.filter(confirmed_at__isnull=False, person__is_active=True)
    found = found.annotate(last=Coalesce("sent_at", "confirmed_at")).filter(waiting)
    return list(found.select_related("person").order_by("pk"))


def _told(digest: Digest) -> dict[str, int]:
    return {"last_notice": digest.last_notice, "last_thread": digest.last_thread}


def _newest(person: int) -> dict[str, int]:
    """Up to where a mail of now tells."""
    last = Thread.objects.aggregate(last=Max("pk"))["last"]
    return {"last_notice": newest(person), "last_thread": last or 0}


def _send(digest: Digest, news: News) -> None:
    """In the language of now."""
    if not news:
        return
    stop = _link("digest_stop", tokens.STOP, digest)
    context = _about(digest) | {"news": news, "stop": stop, "all": _address(reverse("notices"))}
    mail = _mail(digest, _subject(news), render_to_string("rooms/notices/digest.txt", context))
    mail.attach_alternative(render_to_string("rooms/notices/digest.html", context), "text/html")
    # One press in the mail program stops it (RFC 8058).
    mail.extra_headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail.send()


def _news(digest: Digest, now: dict[str, int]) -> News:
    told = notices(digest.person_id).filter(read_at=None)
    told = told.filter(pk__gt=digest.last_notice, pk__lte=now["last_notice"])
    threads = (
        _threads(digest.person_id) if digest.about == Digest.About.ALL else Thread.objects.none()
    )
    threads = threads.filter(pk__gt=digest.last_thread, pk__lte=now["last_thread"])
    return News(lines=lines(told[:MOST]), threads=list(threads[:MOST]))


def _threads(person: int) -> QuerySet[Thread]:
    """Of others, where this person talks along; newest first."""
    rooms = Message.objects.filter(author=person).values("room")
    open_ones = Thread.objects.filter(room__in=rooms, state=ThreadState.OPEN)
    return open_ones.exclude(opened_by=person).select_related("room").order_by("-opened_at", "-pk")


def _subject(news: News) -> str:
    count = len(news.lines)
    if count == 0:
        return gettext("New conversations in your neighbourhood")
    if count == 1 and news.lines[0].notice.kind == NoticeKind.NEWS:
        return news.lines[0].news.says
    if count == 1:
        return gettext("Someone answered you or mentioned you")
    return gettext("%(count)s messages are for you") % {"count": count}


def _mail(digest: Digest, subject: str, text: str) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(f"{settings.SITE_NAME}: {subject}", text, to=[digest.email])


def _about(digest: Digest) -> dict[str, object]:
    return {"site_name": settings.SITE_NAME, "name": digest.person.name, "site": settings.SITE_URL}


def _link(name: str, purpose: str, digest: Digest) -> str:
    token = tokens.made(purpose, digest.person_id, digest.email)
    return _address(reverse(name, args=[token]))


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
