"""Undoing what someone did with needs, in any order in which that is still possible."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Model

from deliberation.agenda import access
from deliberation.agenda.models import (
    Contest,
    Edit,
    Evidence,
    Follow,
    Need,
    NeedState,
    Suggestion,
    Support,
)
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol import events

from .announcing import AgendaWriting, agenda_writing
from .deciding import last_new, open_again
from .history import ROWS, Change, EditKind, changes, flat, picture, store_sentences
from .moving import TOLD, step_to
from .reasons import in_site_language
from .wording import rest_on

_MODELS: dict[str, type[Model]] = {"supports": Support, "follows": Follow, "contests": Contest}
_ROWS = tuple(f"{name}." for name in ROWS)


def edit_undo(*, actor: Actor, edit: int, at: datetime) -> Edit:
    """Put back what an edit changed, and only that: what others changed since stays.

    Raises Refused where something newer changed the same.
    """
    asked = Edit.objects.select_related("neighbourhood").filter(pk=edit).first()
    if asked is None:
        raise Refused("no_edit", gettext_noop("There is nothing like this to undo."))
    access.require(actor, asked.neighbourhood, to=Action.REVIEW, at=at)
    with agenda_writing(asked.neighbourhood_id) as log:
        held = Edit.objects.select_for_update(of=("self",)).get(pk=edit)
        if held.undone_at is not None:
            raise Refused("undone", gettext_noop("This is undone already. Reload the page."))
        needs = {int(pk): log.need(int(pk)) for pk in sorted(held.before, key=int)}
        found = changes(held)
        _require_as_left(held, needs, found)
        _put_back(log, held, needs, found, actor=actor, at=at)
        held.undone_at, held.undone_by_id = at, actor.id
        held.save(update_fields=["undone_at", "undone_by"])
        return held


def _require_as_left(edit: Edit, needs: Mapping[int, Need], found: Sequence[Change]) -> None:
    for need, mine in groupby(found, key=lambda change: change.need):
        now = flat(picture(needs[need]))
        for change in mine:
            if change.place.startswith(_ROWS):
                continue  # people come and go by themselves
            if now.get(change.place) != change.became:
                raise _in_the_way(edit, change)


def _in_the_way(edit: Edit, change: Change) -> Refused:
    """What was done since, where that was kept."""
    later = Edit.objects.filter(pk__gt=edit.pk, undone_at=None, neighbourhood=edit.neighbourhood_id)
    for one in later.order_by("-pk"):
        if (change.need, change.place) in {(found.need, found.place) for found in changes(one)}:
            return Refused(
                "newer",
                gettext_noop("Undo “%(later)s” of %(at)s first: it changed the same."),
                values={"later": EditKind(one.kind).label, "at": one.at},
            )
    return Refused(
        "newer", gettext_noop("This can't be undone any more: the same has changed since.")
    )


def _put_back(
    log: AgendaWriting,
    edit: Edit,
    needs: Mapping[int, Need],
    found: Sequence[Change],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    reason = in_site_language(gettext_noop("Undone."))
    for pk, need in needs.items():
        mine = {one.place: one for one in found if one.need == pk}
        if edit.before[str(pk)] is None:
            _unmake(need, edit, actor=actor, at=at, reason=reason)
        else:
            _restore(need, mine, actor=actor, at=at, reason=reason)
    _rows_back(found)
    if edit.suggestion_id is not None:
        open_again(Suggestion.objects.get(pk=edit.suggestion_id))
    for pk, need in needs.items():
        moved = any(one.need == pk and one.place == "state" for one in found)
        kind = TOLD[NeedState(need.state)] if moved else events.NeedChanged
        log.tell(need, kind, actor=actor, at=at)


def _restore(
    need: Need, mine: Mapping[str, Change], *, actor: Actor, at: datetime, reason: str
) -> None:
    """Each place that the edit changed, as it was."""
    for place in ("theme", "body", "wording"):
        if place in mine:
            setattr(need, place, mine[place].was)
    if "merged_into" in mine:
        need.merged_into_id = mine["merged_into"].was
    need.save(update_fields=["theme", "body", "wording", "merged_into"])
    if kinds := _kinds(mine):
        _evidence_back(need, kinds)
    if "sentences" in mine:
        store_sentences(need, mine["sentences"].was)
    if "state" in mine:
        step_to(need, NeedState(mine["state"].was), actor=actor, at=at, reason=reason)
        if need.state == NeedState.SUGGESTED:
            open_again(last_new(need))


def _kinds(mine: Mapping[str, Change]) -> dict[int, Any]:
    """For each message of which the edit changed how the need rests on it: how it did."""
    places = {
        place.removeprefix("evidence."): one.was
        for place, one in mine.items()
        if place.startswith("evidence.")
    }
    return {int(message): was for message, was in places.items()}


def _evidence_back(need: Need, kinds: Mapping[int, Any]) -> None:
    now = {one.message_id: Evidence.Kind(one.kind) for one in need.evidence.all()}
    kept = {message: kind for message, kind in now.items() if message not in kinds}
    back = {message: Evidence.Kind(kind) for message, kind in kinds.items() if kind is not None}
    rest_on(need, kept | back)


def _unmake(need: Need, edit: Edit, *, actor: Actor, at: datetime, reason: str) -> None:
    """What the edit made is closed; its address stays, and leads to what it came from."""
    if need.supports.exists() or need.contests.exists():
        raise Refused(
            "newer",
            gettext_noop("People already take part in %(need)s. Merge it instead."),
            values={"need": need.kenmerk or ""},
        )
    origin = next((int(pk) for pk, was in edit.before.items() if was is not None), None)
    need.merged_into_id = origin
    need.save(update_fields=["merged_into"])
    if origin is not None:
        need.evidence.all().delete()
    step_to(need, NeedState.CLOSED, actor=actor, at=at, reason=reason)


def _rows_back(found: Sequence[Change]) -> None:
    """Who supported, followed or contested a need does so again; who left since stays away."""
    for change in found:
        name, _, row = change.place.partition(".")
        if name in _MODELS and change.was is True:
            _MODELS[name]._default_manager.filter(pk=int(row)).update(need=change.need)
