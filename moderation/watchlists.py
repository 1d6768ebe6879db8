"""The word lists in use, ready to be searched for."""

from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from .models import WatchList
from .screening.lists import WordList, parsed
from .screening.screen import Screen, built_in

_FRESH = 10  # seconds until another process's change of a list is seen


def lists_in_use() -> list[WordList]:
    """Those that come with the software, unless they were put off, and those of this place."""
    own = {one.name: one for one in WatchList.objects.all()}
    standard = [one for one in built_in() if one.name not in own or own[one.name].is_on]
    return standard + [parsed(one.text) for one in own.values() if one.text and one.is_on]


def screen(at: datetime) -> Screen:
    """All lists in use, ready. Asked for every message, so the lists are looked up now and then."""
    return _screen(_changed(int(at.timestamp()) // _FRESH))


def forget_lists() -> None:
    """A list was changed here: the next message is looked at with it."""
    _changed.cache_clear()
    _screen.cache_clear()


@lru_cache(maxsize=1)
def _changed(_moment: int) -> datetime | None:
    last: datetime | None = WatchList.objects.aggregate(last=Max("changed_at"))["last"]
    return last


@lru_cache(maxsize=1)
def _screen(_changed: datetime | None) -> Screen:
    return Screen(lists_in_use())
