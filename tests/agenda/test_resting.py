"""Which messages a need rests on."""

import pytest

from deliberation.agenda.models import Edit, Evidence, Need
from deliberation.agenda.selectors.words import sentences_of, shown
from deliberation.agenda.services.resting import evidence_add, evidence_move, evidence_remove
from rooms.models import Neighbourhood
from tests import given
from tests.agenda.doing import do, refused, told
from tests.agenda.given import BODIES, a_need, quote, said

pytestmark = pytest.mark.django_db


def rests_on(need: Need) -> set[int]:
    return set(need.evidence.values_list("message", flat=True))


def says(need: Need) -> list[str]:
    return [shown(one) for one in sentences_of([need.pk])]


def test_a_message_can_be_added() -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts = said(room)
    need = a_need(room, parts[:2])
    more = {"need": need.pk, "messages": [parts[2].pk]}
    told(evidence_add, room, by=mieke, kinds=["need.changed"], **more)
    assert rests_on(need) == {one.pk for one in parts}


def test_adding_it_again_changes_nothing() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, parts := said(room))
    do(evidence_add, by=mieke, need=need.pk, messages=[parts[0].pk])
    assert not Edit.objects.exists()


def test_a_message_of_another_neighbourhood_is_refused() -> None:
    room, mieke = given.a_room(), given.a_manager()
    elsewhere = given.a_room()
    elsewhere.neighbourhood = Neighbourhood.objects.create(slug="dal", name="Het Dal")
    elsewhere.save()
    wanted = {"need": a_need(room).pk, "messages": [given.a_message(elsewhere).pk]}
    refused(evidence_add, "no_message", room, by=mieke, **wanted)


def test_what_only_a_removed_message_said_leaves_the_summary() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, parts := said(room))
    gone = {"need": need.pk, "messages": [parts[1].pk]}
    told(evidence_remove, room, by=mieke, kinds=["need.changed"], **gone)
    assert rests_on(need) == {parts[0].pk, parts[2].pk}
    assert says(need) == [BODIES[0], BODIES[0], BODIES[2]]


def test_a_need_that_loses_its_title_takes_its_next_sentence() -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts = said(room)
    need = a_need(room, parts, summary=[quote(parts[1])])
    do(evidence_remove, by=mieke, need=need.pk, messages=[parts[0].pk])
    assert says(need) == [BODIES[1]]
    do(evidence_remove, by=mieke, need=need.pk, messages=[parts[1].pk])
    assert says(need) == [BODIES[2]]


def test_the_last_message_stays() -> None:
    room = given.a_room()
    need = a_need(room, parts := said(room))
    wanted = {"need": need.pk, "messages": [one.pk for one in parts]}
    refused(evidence_remove, "no_source", room, by=given.a_manager(), **wanted)


def test_a_message_moves_to_another_need_as_what_it_was() -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts, others = said(room), said(room, ["Meer licht op de Kade."])
    need, goal = a_need(room, parts[:2], support=parts[2:]), a_need(room, others)
    wanted = {"need": need.pk, "into": goal.pk, "messages": [parts[2].pk]}
    told(evidence_move, room, by=mieke, kinds=["need.changed"] * 2, **wanted)
    assert rests_on(need) == {parts[0].pk, parts[1].pk}
    assert goal.evidence.get(message=parts[2]).kind == Evidence.Kind.SUPPORT


def test_a_need_can_not_give_to_itself() -> None:
    room = given.a_room()
    need = a_need(room, parts := said(room))
    wanted = {"need": need.pk, "into": need.pk, "messages": [parts[0].pk]}
    refused(evidence_move, "same_need", room, by=given.a_manager(), **wanted)
