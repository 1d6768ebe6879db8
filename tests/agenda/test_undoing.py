"""Undoing, in any order that is still possible."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from deliberation.agenda.models import Contest, Edit, Follow, Need, NeedState, Suggestion
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.closing import need_close, need_reopen
from deliberation.agenda.services.editing import need_edit
from deliberation.agenda.services.history import picture
from deliberation.agenda.services.merging import need_merge
from deliberation.agenda.services.resting import evidence_add, evidence_move, evidence_remove
from deliberation.agenda.services.splitting import need_split
from deliberation.agenda.services.suggestions import suggestion_dismiss
from deliberation.agenda.services.undoing import edit_undo
from deliberation.agenda.services.wording import worded
from rooms.models import Message
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import BODIES, a_need, a_suggestion, said, support
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db


class Agenda:
    """Two needs on the agenda with people around them, a message that is in none, a suggestion."""

    def __init__(self) -> None:
        self.room, self.mieke = given.a_room(), given.a_manager()
        self.parts, self.others = said(self.room), said(self.room, ["Meer licht.", "En banken."])
        self.need, self.goal = a_need(self.room, self.parts), a_need(self.room, self.others)
        self.suggestion = a_suggestion(self.room)
        fatima = given.a_resident("Fatima")
        support(self.need, fatima, given.a_resident("Olaf"))
        support(self.goal, fatima)
        Follow.objects.create(need=self.need, person=fatima, at=EVENING)
        Contest.objects.create(need=self.need, kind="missing", words="En de stoep?", at=EVENING)

    def do(self, service: Callable[..., Any], **fields: Any) -> Edit:
        do(service, by=self.mieke, **fields)
        found = Edit.objects.last()
        assert found is not None
        return found

    def undo(self, edit: Edit) -> None:
        do(edit_undo, by=self.mieke, edit=edit.pk)

    def pictures(self) -> dict[int, Any]:
        return {need.pk: picture(need) for need in Need.objects.exclude(state="closed")}


def title(on: Agenda) -> Edit:
    wanted = [worded("Een veilige oversteek", on.parts[:1])]
    return on.do(need_edit, need=on.need.pk, sentences=wanted)


def theme(on: Agenda) -> Edit:
    return on.do(need_edit, need=on.goal.pk, theme="groen")


def accept(on: Agenda) -> Edit:
    wanted = [worded("Een zebrapad", list(Message.objects.filter(evidence__need=on.suggestion)))]
    return on.do(need_accept, need=on.suggestion.pk, sentences=wanted)


def dismiss(on: Agenda) -> Edit:
    found = Suggestion.objects.get(need=on.suggestion)
    return on.do(suggestion_dismiss, suggestion=found.pk, reason="Geen behoefte.")


def merge(on: Agenda) -> Edit:
    return on.do(need_merge, needs=[on.need.pk], into=on.goal.pk)


def split(on: Agenda) -> Edit:
    return on.do(need_split, need=on.need.pk, messages=[on.parts[0].pk])


def move(on: Agenda) -> Edit:
    wanted = {"messages": [on.parts[2].pk], "into": on.goal.pk}
    return on.do(evidence_move, need=on.need.pk, **wanted)


def remove(on: Agenda) -> Edit:
    return on.do(evidence_remove, need=on.goal.pk, messages=[on.others[1].pk])


def add(on: Agenda) -> Edit:
    loose = given.a_message(on.room)
    return on.do(evidence_add, need=on.goal.pk, messages=[loose.pk])


def close(on: Agenda) -> Edit:
    return on.do(need_close, need=on.need.pk, reason="Het ligt er al.")


def reopen(on: Agenda) -> Edit:
    on.do(need_close, need=on.need.pk, reason="Het ligt er al.")
    return on.do(need_reopen, need=on.need.pk, reason="Toch niet.")


EVERY = (title, theme, accept, dismiss, merge, split, move, remove, add, close)


@pytest.mark.parametrize("act", EVERY, ids=lambda act: act.__name__)
def test_undone_it_is_as_it_was_and_everyone_hears_of_it(act: Callable[[Agenda], Edit]) -> None:
    on = Agenda()
    before = on.pictures()
    edit = act(on)
    assert on.pictures() != before
    told_of = act is not dismiss
    if told_of:
        with verify_change(on.room):
            on.undo(edit)
    else:
        quietly(edit_undo, by=on.mieke, edit=edit.pk)
    assert on.pictures() == before
    edit.refresh_from_db()
    assert (edit.undone_by, edit.undone_at) == (on.mieke, EVENING)


@pytest.mark.parametrize("act", [accept, dismiss], ids=lambda act: act.__name__)
def test_what_was_decided_waits_again(act: Callable[[Agenda], Edit]) -> None:
    on = Agenda()
    on.undo(act(on))
    found = Suggestion.objects.get(need=on.suggestion)
    assert (found.state, found.decided_by, found.reason) == (Suggestion.State.OPEN, None, "")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_touches_other_things_is_undone_in_any_order(order: tuple[int, ...]) -> None:
    on = Agenda()
    before = on.pictures()
    edits = [title(on), theme(on), add(on)]
    for one in order:
        on.undo(edits[one])
    assert on.pictures() == before


def test_a_merge_is_undone_though_the_title_was_changed_since() -> None:
    on = Agenda()
    merged = merge(on)
    wanted = [worded("Licht op de Kade", on.others[:1])]
    on.do(need_edit, need=on.goal.pk, sentences=wanted)
    on.undo(merged)
    assert titles([on.need.pk, on.goal.pk]) == {
        on.need.pk: BODIES[0],
        on.goal.pk: "Licht op de Kade",
    }
    assert (on.need.supports.count(), on.goal.supports.count()) == (2, 1)


def test_who_supports_the_merged_need_since_stays_and_who_left_stays_away() -> None:
    on = Agenda()
    merged = merge(on)
    late = given.a_resident("Late")
    support(on.goal, late)
    on.goal.supports.get(person__name="Olaf").delete()
    on.undo(merged)
    assert set(on.goal.supports.values_list("person__name", flat=True)) == {"Fatima", "Late"}
    assert set(on.need.supports.values_list("person__name", flat=True)) == {"Fatima"}


def test_something_newer_in_the_way_is_named() -> None:
    on = Agenda()
    first = title(on)
    again = [worded("Veilig naar school", on.parts[:1])]
    second = on.do(need_edit, need=on.need.pk, sentences=again)
    said_no = refused(edit_undo, "newer", on.room, by=on.mieke, edit=first.pk)
    assert said_no.values["at"] == EVENING
    on.undo(second)
    on.undo(first)
    assert titles([on.need.pk]) == {on.need.pk: BODIES[0]}


def test_what_moved_on_by_itself_is_not_undone() -> None:
    on = Agenda()
    edit = accept(on)
    Need.objects.filter(pk=on.suggestion.pk).update(state=NeedState.ASKED)
    refused(edit_undo, "newer", on.room, by=on.mieke, edit=edit.pk)


def test_what_people_support_is_not_unmade() -> None:
    on = Agenda()
    edit = split(on)
    made = Need.objects.latest("pk")
    support(made, given.a_resident("Nieuw"))
    refused(edit_undo, "newer", on.room, by=on.mieke, edit=edit.pk)


def test_what_was_split_off_is_closed_and_leads_to_where_it_came_from() -> None:
    on = Agenda()
    on.undo(split(on))
    made = Need.objects.latest("pk")
    assert (made.state, made.merged_into) == (NeedState.CLOSED, on.need)
    assert made.kenmerk


def test_undoing_twice_is_refused() -> None:
    on = Agenda()
    edit = close(on)
    told(edit_undo, on.room, by=on.mieke, kinds=["need.listed"], edit=edit.pk)
    refused(edit_undo, "undone", on.room, by=on.mieke, edit=edit.pk)


def test_reopening_is_undone_by_closing() -> None:
    on = Agenda()
    on.undo(reopen(on))
    assert Need.objects.get(pk=on.need.pk).state == NeedState.CLOSED
