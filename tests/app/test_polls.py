"""Polls: every vote counts once, whatever is changed; the result is told when it may be."""

from typing import Any

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from deliberation.protocol.shapes import PollView, Scene
from rooms.models import Meeting, Poll, Room, Vote
from rooms.polls import Kind, checked, counted
from rooms.privacy.erasing import erase
from rooms.selectors import Window, opening, snapshot
from rooms.services import (
    meeting_close,
    meeting_show,
    poll_close,
    poll_drop,
    poll_hands,
    poll_new,
    poll_open,
    poll_vote,
)
from tests import given
from tests.doing import do, refused, verified
from tests.fakes import EVENING

# The rules


@every(st.sampled_from(Kind), st.integers(2, 6), st.data())
def test_what_may_be_chosen_is_kept_and_counted_once(kind: Kind, size: int, data: Any) -> None:
    if kind == Kind.RANKING:
        choice = data.draw(st.permutations(range(size)))
    else:
        most = size if kind == Kind.MULTIPLE else 1
        choice = data.draw(st.lists(st.integers(0, size - 1), unique=True, max_size=most))
    kept = checked(kind, size, choice)
    assert set(kept) == set(choice)
    total = sum(counted(kind, size, [kept]))
    assert total == (size * (size - 1) // 2 if kind == Kind.RANKING else len(choice))


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        (Kind.SINGLE, [0, 1]),
        (Kind.SINGLE, [3]),
        (Kind.SINGLE, [-1]),
        (Kind.SCALE, [0, 1]),
        (Kind.MULTIPLE, [1, 1]),
        (Kind.MULTIPLE, [0, 3]),
        (Kind.RANKING, [0, 1]),
        (Kind.RANKING, [0, 1, 1]),
    ],
)
def test_what_is_not_there_cant_be_chosen(kind: Kind, choice: list[int]) -> None:
    with pytest.raises(Refused) as caught:
        checked(kind, 3, choice)
    assert caught.value.code == "bad_choice"


def test_a_ranking_gives_points_for_each_place() -> None:
    assert counted(Kind.RANKING, 3, [[2, 0, 1], [2, 1, 0]]) == [1, 1, 4]


# The services


pytestmark = pytest.mark.django_db
ASKED: dict[str, Any] = {"question": "Waar eerst?", "kind": "single", "options": ["Hier", "Daar"]}


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def meeting(room: Room) -> Meeting:
    return given.a_meeting(room, "open")


def act(service: Any, meeting: Meeting, by: Person, **fields: Any) -> None:
    verified(service, by=by, room=meeting.room, meeting=meeting.pk, **fields)


def vote(poll: Poll, name: str, *choice: int) -> None:
    by = Person.objects.filter(name=name).first() or given.a_resident(name)
    verified(poll_vote, by=by, room=poll.meeting.room, poll=poll.pk, choice=list(choice))


def prepared(meeting: Meeting, by: Person, **fields: Any) -> Poll:
    act(poll_new, meeting, by, **ASKED | fields)
    return Poll.objects.latest("pk")


def going_on(meeting: Meeting, by: Person, **fields: Any) -> Poll:
    poll = prepared(meeting, by, **fields)
    act(poll_open, meeting, by, poll=poll.pk)
    return poll


def told(meeting: Meeting) -> PollView:
    return snapshot(meeting.room).meetings[0].polls[-1]


def test_a_vote_that_changes_counts_once(meeting: Meeting, mieke: Person) -> None:
    poll = going_on(meeting, mieke, live=True)
    vote(poll, "Anna", 0)
    vote(poll, "Anna", 1)
    vote(poll, "Bert", 1)
    assert (told(meeting).counts, told(meeting).voters) == ([0, 2], 2)
    vote(poll, "Bert")
    assert (told(meeting).counts, told(meeting).voters) == ([0, 1], 1)


def test_until_it_is_over_only_the_number_of_voters_is_told(
    meeting: Meeting, mieke: Person
) -> None:
    poll = going_on(meeting, mieke)
    vote(poll, "Anna", 0)
    act(poll_hands, meeting, mieke, poll=poll.pk, hands=[3, 4])
    now = told(meeting)
    assert (now.voters, now.counts, now.hands) == (1, [], [])
    act(poll_close, meeting, mieke, poll=poll.pk)
    over = told(meeting)
    assert (over.state, over.voters, over.counts, over.hands) == ("closed", 1, [1, 0], [3, 4])


def test_whoever_comes_back_finds_their_own_vote(meeting: Meeting, mieke: Person) -> None:
    poll = going_on(meeting, mieke, kind="ranking")
    anna = given.a_resident("Anna")
    vote(poll, "Anna", 1, 0)
    found = opening(given.acting(anna), meeting.room, Window(), at=EVENING)
    assert found.votes == {str(poll.pk): [1, 0]}
    assert opening(given.acting(mieke), meeting.room, Window(), at=EVENING).votes == {}


def test_opening_one_shows_it_and_ends_the_other(meeting: Meeting, mieke: Person) -> None:
    first, second = going_on(meeting, mieke), going_on(meeting, mieke, kind="scale")
    view = snapshot(meeting.room).meetings[0]
    assert [poll.state for poll in view.polls] == ["closed", "open"]
    assert view.scene == Scene(kind="poll", poll=second.pk)
    act(poll_open, meeting, mieke, poll=first.pk)
    assert [poll.state for poll in snapshot(meeting.room).meetings[0].polls] == ["open", "closed"]


def test_the_end_of_the_evening_ends_a_poll(room: Room, meeting: Meeting, mieke: Person) -> None:
    poll = going_on(meeting, mieke)
    vote(poll, "Anna", 1)
    act(meeting_close, meeting, mieke)
    over = Poll.objects.get()
    assert (over.state, over.counts, over.voters) == ("closed", [0, 1], 1)
    wanted = {"by": given.a_resident("Bert"), "room": room, "poll": poll.pk}
    refused(poll_vote, "poll_closed", **wanted, choice=[0])


def test_what_makes_no_sense_is_refused_in_words(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    wanted: dict[str, Any] = {"by": mieke, "room": room, "meeting": meeting.pk}
    for options in ([], ["Een"], ["Een", " Een "], list("abcdefg")):
        refused(poll_new, "bad_options", **wanted, **ASKED | {"options": options})
    poll, ranked = prepared(meeting, mieke), prepared(meeting, mieke, kind="ranking")
    refused(poll_close, "poll_closed", **wanted, poll=poll.pk)
    refused(poll_hands, "poll_closed", **wanted, poll=poll.pk, hands=[1, 2])
    refused(poll_hands, "no_hands", **wanted, poll=ranked.pk, hands=[1, 2])
    act(poll_open, meeting, mieke, poll=poll.pk)
    for hands in ([1], [1, -2], [1, 10_001]):
        refused(poll_hands, "bad_hands", **wanted, poll=poll.pk, hands=hands)
    refused(poll_drop, "asked_already", **wanted, poll=poll.pk)
    refused(meeting_show, "no_scene", **wanted, scene=Scene(kind="poll", poll=999_999))
    refused(meeting_show, "no_scene", **wanted, scene=Scene(kind="poll"))
    before = given.a_meeting(room)
    other = prepared(before, mieke)
    refused(poll_open, "not_running", **wanted | {"meeting": before.pk}, poll=other.pk)
    Poll.objects.bulk_create(Poll(meeting=meeting, question="Zo?", kind="scale") for _ in range(18))
    refused(poll_new, "too_many", **wanted, **ASKED)


def test_whoever_is_erased_takes_their_vote_along_while_it_goes_on(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    over = going_on(meeting, mieke)
    vote(over, "Anna", 0)
    now = going_on(meeting, mieke, live=True)
    vote(now, "Anna", 1)
    vote(now, "Bert", 1)
    erase(actor=given.acting(Person.objects.get(name="Anna")), at=EVENING)
    assert (told(meeting).counts, told(meeting).voters) == ([0, 1], 1)
    assert Poll.objects.get(pk=over.pk).counts == [1, 0]
    assert Vote.objects.count() == 1


def test_a_retried_vote_counts_once(meeting: Meeting, mieke: Person) -> None:
    poll, anna = going_on(meeting, mieke, live=True), given.a_resident("Anna")
    same = {"by": anna, "room": meeting.room, "poll": poll.pk, "ref": given.a_ref("vote")}
    for _ in range(2):
        do(poll_vote, **same, choice=[1])
    assert told(meeting).counts == [0, 1]
