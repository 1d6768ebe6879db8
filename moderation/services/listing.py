"""Keeping word lists. A list points out and never decides; what is changed here works at once."""

from datetime import datetime

from django.db import transaction

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.models import WatchList
from moderation.screening.lists import WordList, parsed
from moderation.screening.screen import built_in
from moderation.watchlists import forget_lists
from rooms.rights import Action, role_allows

BIGGEST = 1_000_000  # characters of a list
MOST_BYTES = 4 * BIGGEST  # of its file


def too_big() -> Refused:
    return Refused("too_long", gettext_noop("This file is too big for a word list. Split it."))


@transaction.atomic
def list_save(*, actor: Actor, text: str, at: datetime, name: str = "") -> WatchList:
    """Keep a list; a new one is off until someone has tried it and puts it on.

    `name`: the list of this place that it replaces. Raises Refused.
    """
    _require(actor)
    read = _read(text)
    if read.name != name:
        _require_free(read.name)
    found = _own(name) if name else WatchList()
    found.name, found.text = read.name, text
    return _kept(found, actor, at)


@transaction.atomic
def list_switch(*, actor: Actor, name: str, on: bool, at: datetime) -> WatchList:
    """Use a list from now on, or no more. Raises Refused."""
    _require(actor)
    if name in {one.name for one in built_in()}:
        found = WatchList.objects.filter(name=name).first() or WatchList(name=name)
    else:
        found = _own(name)
    found.is_on = on
    return _kept(found, actor, at)


@transaction.atomic
def list_remove(*, actor: Actor, name: str) -> None:
    """Throw away a list of this place that is off. Raises Refused."""
    _require(actor)
    found = _own(name)
    if found.is_on:
        raise Refused("in_use", gettext_noop("Put this list off first. Then you can remove it."))
    found.delete()
    transaction.on_commit(forget_lists)


def _kept(found: WatchList, actor: Actor, at: datetime) -> WatchList:
    found.changed_at, found.changed_by_id = at, actor.id
    found.save()
    transaction.on_commit(forget_lists)
    return found


def _require(actor: Actor) -> None:
    if not role_allows(actor.roles, Action.CASE):
        raise Refused("not_allowed", gettext_noop("This page is for community managers."))


def _read(text: str) -> WordList:
    if len(text) > BIGGEST:
        raise too_big()
    return parsed(text)


def _require_free(name: str) -> None:
    taken = {one.name for one in built_in()}
    if name in taken or WatchList.objects.filter(name=name).exists():
        raise Refused(
            "name_taken",
            gettext_noop("There is a list “%(name)s” already. Give yours another name."),
            values={"name": name},
        )
    if "/" in name or len(name) > WatchList.NAME_LIMIT:
        raise Refused(
            "bad_name", gettext_noop("A name has at most 80 characters and no slash in it.")
        )


def _own(name: str) -> WatchList:
    found = WatchList.objects.select_for_update().filter(name=name).exclude(text="").first()
    if found is None:
        raise Refused("no_list", gettext_noop("There is no list of this name here."))
    return found
