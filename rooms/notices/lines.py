"""Notices in words, the same on the page, in mail and on a device."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from rooms.attached import News, attached
from rooms.models import Message, Notice, NoticeKind


@dataclass(frozen=True)
class Line:
    """A notice and what it tells. `tag` names what it is about."""

    notice: Notice
    news: News
    tag: str


def lines(notices: Iterable[Notice]) -> list[Line]:
    """Each that can still be told of, in the language of now. Fetch the message with it."""
    return list(_lines(list(notices)))


def _lines(notices: list[Notice]) -> Iterator[Line]:
    others = attached.news([one.pk for one in notices if one.message is None])
    for one in notices:
        if one.message is not None:
            yield Line(one, _said(one.kind, one.message), f"m{one.message_id}")
        elif one.pk in others:
            yield Line(one, others[one.pk], f"n{one.pk}")


def _said(kind: str, message: Message) -> News:
    name = message.author.name if message.author else gettext("Someone")
    says = {
        NoticeKind.ANSWER: gettext("%(name)s answered you"),
        NoticeKind.MENTION: gettext("%(name)s mentioned you"),
        NoticeKind.INVITED: gettext("%(name)s wonders what you think"),
        NoticeKind.MOVED: gettext("Your message now stands in another conversation"),
    }[NoticeKind(kind)]
    return News(
        says=says % {"name": name},
        words=message.body,
        path=f"{reverse('message', args=[message.room.slug, message.pk])}#m{message.pk}",
        place=message.thread.title,
    )
