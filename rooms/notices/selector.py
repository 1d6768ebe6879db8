"""Reading one's notices."""

from datetime import datetime

from django.db.models import Max

from rooms.models import Notice
from rooms.models.notice import NoticeQuerySet

PAGE = 50


def notices(person: int) -> NoticeQuerySet:
    """What can still be seen of them, newest first."""
    shown = Notice.objects.shown().filter(person=person)
    return shown.select_related("message__author", "message__thread", "message__room").order_by(
        "-at", "-pk"
    )


def unread(person: int) -> int:
    return Notice.objects.shown().filter(person=person, read_at=None).count()


def newest(person: int) -> int:
    """The id of the last notice that was written down; 0 without any."""
    return Notice.objects.filter(person=person).aggregate(last=Max("pk"))["last"] or 0


def read_all(person: int, *, up_to: int, at: datetime) -> None:
    """Everything that was there when the page was made: up to the notice with this id."""
    Notice.objects.filter(person=person, read_at=None, pk__lte=up_to).update(read_at=at)
