"""The word lists of this place: which there are, and those in use, ready to be searched for."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from .grounds import GROUNDS
from .models import WatchList
from .screening.lists import WordList, parsed, written
from .screening.screen import Screen, built_in

_FRESH = 10  # seconds until another process's change of a list is seen


@dataclass(frozen=True)
class Kept:
    """A list and how it stands. `own`: the list is this place's, and can be changed."""

    words: WordList
    is_on: bool
    own: WatchList | None

    @property
    def name(self) -> str:
        return self.words.name

    @property
    def count(self) -> int:
        return len(self.words.entries)

    @property
    def ground(self) -> str:
        return str(GROUNDS[self.words.ground].key.label)

    @property
    def text(self) -> str:
        """As a file."""
        return self.own.text if self.own else "\n".join(written(self.words)) + "\n"


def lists() -> list[Kept]:
    """Those of this place first, then those that come with the software."""
    rows = {one.name: one for one in WatchList.objects.select_related("changed_by")}
    own = [Kept(parsed(one.text), one.is_on, one) for one in rows.values() if one.text]
    standard = [
        Kept(one, rows[one.name].is_on if one.name in rows else True, None) for one in built_in()
    ]
    return own + standard


def list_named(name: str) -> Kept | None:
    return next((one for one in lists() if one.name == name), None)


def lists_in_use() -> list[WordList]:
    return [one.words for one in lists() if one.is_on]


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
