"""An adopted agenda stays as it was, and holds nobody's words."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from deliberation.agenda import chain
from deliberation.agenda.models import Contest, NeedState, Version
from deliberation.agenda.services.versions import version_adopt
from deliberation.engine import Parameters
from deliberation.kernel import canonical
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.agenda.given import BODIES, a_need, a_suggestion, said
from tests.fakes import EVENING
from tests.verify import fresh, verify_change

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(days=30)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade-plein")


def adopted(room: Room, *, by: Person | None = None, at: datetime = EVENING) -> Version:
    actor = given.acting(by or given.a_manager(), at=at)
    return version_adopt(actor=actor, neighbourhood=room.neighbourhood, at=at)


def refused(room: Room, code: str, *, by: Person | None = None) -> Refused:
    person = by or given.a_manager()
    with verify_change(room, changes=False), pytest.raises(Refused) as caught:
        adopted(fresh(room), by=person)
    assert caught.value.code == code
    return caught.value


def test_a_version_holds_ids_spans_and_hashes_and_no_words(room: Room) -> None:
    need = a_need(room, said(room))
    version = adopted(room)
    content = json.loads(version.content)
    (entry,) = content["needs"]
    assert (entry["id"], entry["kenmerk"], entry["people"]) == (need.pk, need.kenmerk, 3)
    cited = entry["sentences"][0]["citations"][0]
    assert (cited["start"], cited["end"]) == (0, len(BODIES[0]))
    words = [word for body in BODIES for word in body.split() if len(word) > 4]
    assert [word for word in words if word in version.content] == []
    assert canonical.text(content) == version.content


def test_versions_are_numbered_and_each_names_the_hash_before_it(room: Room) -> None:
    a_need(room, said(room))
    first = adopted(room)
    a_need(room, said(room, ["Meer licht op het pad.", "Het is daar te donker."]))
    second = adopted(room, at=LATER)
    assert (first.number, second.number, second.previous) == (1, 2, first)
    assert json.loads(second.content)["previous"] == first.hash
    links = [chain.Link(one.number, one.content, one.hash) for one in (first, second)]
    assert chain.first_flaw(links) is None


def test_what_the_engine_read_is_named_with_its_head(room: Room) -> None:
    a_need(room, said(room))
    version = adopted(room)
    (read,) = json.loads(version.content)["rooms"]
    assert version.heads == {room.slug: {"seq": read["seq"], "epoch": read["epoch"]}}
    assert read["messages"] == 4
    assert len(read["summary"]) == len(read["input"]) == 64
    assert json.loads(version.content)["parameters"]["engine"]["loyal"] == str(Parameters().loyal)


def test_it_can_not_be_adopted_while_an_objection_has_no_answer(room: Room) -> None:
    need = a_need(room, said(room))
    contest = Contest.objects.create(need=need, kind="wrong", words="Klopt niet.", at=EVENING)
    found = refused(room, "contested")
    assert found.values == {"count": 1, "where": f"{need.kenmerk} (1)"}
    contest.answered_at, contest.answer = EVENING, "Aangepast."
    contest.save()
    version = adopted(room)
    assert json.loads(version.content)["needs"][0]["contests"] == {
        "missing": 0,
        "wrong": 1,
        "answered": 1,
    }


def test_without_a_need_or_without_news_there_is_nothing_to_adopt(room: Room) -> None:
    a_suggestion(room)
    refused(room, "nothing")
    a_need(room, said(room))
    adopted(room)
    assert refused(room, "no_news").values == {"number": 1}


@pytest.mark.parametrize("who", [given.a_resident, given.an_official, given.a_council_member])
def test_only_managers_adopt(room: Room, who: Callable[[], Person]) -> None:
    a_need(room, said(room))
    refused(room, "not_allowed", by=who())


def test_what_stands_comes_first_in_the_published_order_and_what_is_done_last(room: Room) -> None:
    narrow = a_need(room, said(room))
    done = a_need(room, said(room, [f"Klaar is {name}." for name in "abcde"]))
    broad = a_need(room, said(room, [f"Het dak van {name} lekt." for name in "abcd"]))
    done.state = NeedState.DONE
    done.save()
    needs = json.loads(adopted(room).content)["needs"]
    assert [need["id"] for need in needs] == [broad.pk, narrow.pk, done.pk]
