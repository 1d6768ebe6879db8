"""Messages as a page shows them: with what they answer, your stance, and where a day begins."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from deliberation.protocol.shapes import MessageView, Opening, StanceValue
from rooms.models import Message

QUOTE_LENGTH = 140  # characters


@dataclass(frozen=True)
class Quote:
    """What a message answers. `text` is None where that is no longer shown."""

    id: int
    name: str | None
    text: str | None


@dataclass(frozen=True)
class Row:
    """`day` is set on the first message of a day. `may_*` are about this reader. `kenmerk`: of the
    need on the agenda that it is part of."""

    view: MessageView
    quote: Quote | None
    stance: StanceValue
    day: date | None
    mine: bool
    may_edit: bool
    follows: bool
    kenmerk: str = ""


def rows_of(opening: Opening, kenmerken: Mapping[int, str]) -> list[Row]:
    """The opening's messages, oldest first. `kenmerken`: by the id of a message."""
    views = opening.snapshot.messages
    quotes = _quotes(views)
    return [
        Row(
            view=view,
            quote=quotes.get(view.reply_to) if view.reply_to else None,
            stance=opening.stances.get(str(view.id), "none"),
            day=day,
            mine=_mine(opening, view),
            may_edit=_mine(opening, view) and _is_recent(opening, view.at),
            follows=day is None and _follows(view, before),
            kenmerk=kenmerken.get(view.id, ""),
        )
        for view, day, before in zip(views, _days(views), [None, *views], strict=False)
    ]


def quote_of(view: MessageView) -> Quote:
    text = view.body
    if text is not None and len(text) > QUOTE_LENGTH:
        text = text[: QUOTE_LENGTH - 1].rstrip() + "…"
    return Quote(view.id, view.author.name if view.author else None, text)


def _follows(view: MessageView, before: MessageView | None) -> bool:
    """The same person goes on within five minutes: the name is not repeated."""
    return (
        before is not None
        and before.state == view.state == "shown"
        and before.author == view.author
        and view.reply_to is None
        and view.at - before.at < timedelta(minutes=5)
    )


def _mine(opening: Opening, view: MessageView) -> bool:
    return bool(opening.you and view.author and view.author.id == opening.you.id)


def _is_recent(opening: Opening, at: datetime) -> bool:
    return opening.at - at <= timedelta(minutes=opening.limits.edit_minutes)


def _days(views: Iterable[MessageView]) -> Iterator[date | None]:
    before = None
    for view in views:
        day = timezone.localtime(view.at).date()
        yield day if day != before else None
        before = day


def _quotes(views: list[MessageView]) -> dict[int, Quote]:
    known = {view.id: quote_of(view) for view in views}
    elsewhere = {view.reply_to for view in views if view.reply_to} - known.keys()
    found = Message.objects.filter(pk__in=elsewhere).select_related("author") if elsewhere else []
    return known | {message.pk: quote_of(message.view()) for message in found}
