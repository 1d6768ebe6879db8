"""Reading one's notices."""

from datetime import datetime

from django.db.models import Max, QuerySet

from rooms.models import MessageState, Notice

PAGE = 50


def notices(person: int) -> QuerySet[Notice]:
    """What can still be seen of them, newest first."""
    shown = Notice.objects.filter(person=person, message__state=MessageState.SHOWN)
    return shown.select_related(
        "message__author", "message__thread", "message__room", "message__room__neighbourhood"
    ).order_by("-at", "-pk")


def unread(person: int) -> int:
    shown = Notice.objects.filter(person=person, read_at=None)
    return shown.filter(message__state=MessageState.SHOWN).count()


def newest(person: int) -> int:
    """The id of the last notice that was written down; 0 without any."""
    return Notice.objects.filter(person=person).aggregate(last=Max("pk"))["last"] or 0


def read_all(person: int, *, up_to: int, at: datetime) -> None:
    """Everything that was there when the page was made: up to the notice with this id."""
    Notice.objects.filter(person=person, read_at=None, pk__lte=up_to).update(read_at=at)
