"""What people decided stands: about that the engine only asks, and never twice."""

from collections.abc import Sequence
from typing import Any

import pytest

from deliberation.agenda.follow import Follower
from deliberation.agenda.follow.groups import Group
from deliberation.agenda.follow.known import Decided, Draft, Known, Offered, Stored, Whose
from deliberation.agenda.follow.plan import Plan, evidence, planned
from deliberation.agenda.models import Need, Suggestion, SuggestionKind
from deliberation.agenda.payloads import Merge, MoreMessages, NewNeed, OtherTitle, Split, payload_of
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.closing import need_close
from deliberation.agenda.services.editing import need_edit
from deliberation.agenda.services.resting import evidence_remove
from deliberation.agenda.services.sentences import Span
from deliberation.agenda.services.suggestions import suggestion_accept, suggestion_dismiss
from deliberation.people.actors import Actor
from moderation.services import message_hide
from rooms.models import Message, Room
from tests import given
from tests.doing import do
from tests.fakes import EVENING
from tests.verify import everything, verify_change

from .given import quote
from .talk import MORE, SAID, Talk, a_talk


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def talk(room: Room) -> Talk:
    return a_talk(room)


@pytest.fixture
def manager() -> Actor:
    return given.acting(given.a_manager())


def follow() -> None:
    Follower().catch_up(at=EVENING)


def need_of(messages: list[Message]) -> Need:
    return Need.objects.get(evidence__message=messages[0])


def stored_of(need: Need) -> dict[str, list[dict[str, Any]]]:
    """Every row of a need itself."""
    tables = ("agenda.Need", "agenda.Evidence", "agenda.NeedSentence", "agenda.Move")
    of = {"agenda.Need": "id"}
    return {
        table: [row for row in everything()[table] if row[of.get(table, "need_id")] == need.pk]
        for table in tables
    }


@pytest.mark.django_db
def test_an_accepted_need_never_changes_by_itself(room: Room, talk: Talk, manager: Actor) -> None:
    follow()
    need = need_accept(actor=manager, need=need_of(talk["zebra"]).pk, at=EVENING)
    before = stored_of(need)
    thread = talk["zebra"][0].thread
    more = [given.a_message(room, thread, MORE) for _ in range(3)]
    do(
        message_hide,
        by=given.a_manager(),
        room=room,
        message=talk["zebra"][1].pk,
        ground="insult",
        reason="Nee.",
    )
    follow()
    assert stored_of(need) == before
    suggestion = need.suggestions.get(state=Suggestion.State.OPEN)
    payload = payload_of(suggestion)
    assert isinstance(payload, MoreMessages)
    assert set(payload.parts) == {message.pk for message in more}
    assert (suggestion.kind, suggestion.people) == ("more", 3)
    with verify_change(room, changes=False):
        follow()


@pytest.mark.django_db
def test_messages_that_were_refused_for_a_need_are_not_offered_again(
    room: Room, talk: Talk, manager: Actor
) -> None:
    follow()
    need = need_accept(actor=manager, need=need_of(talk["zebra"]).pk, at=EVENING)
    given.a_message(room, talk["zebra"][0].thread, MORE)
    follow()
    open_ones = need.suggestions.filter(state=Suggestion.State.OPEN)
    suggestion_dismiss(
        actor=manager, suggestion=open_ones.get().pk, reason="Iets anders.", at=EVENING
    )
    given.a_message(room, talk["zebra"][0].thread, "Dag allemaal!")
    follow()
    assert not open_ones.exists()
    newer = given.a_message(room, talk["zebra"][0].thread, MORE)
    follow()
    payload = payload_of(open_ones.get())
    assert isinstance(payload, MoreMessages)
    assert payload.parts == (newer.pk,)


@pytest.mark.django_db
def test_a_message_that_a_person_took_out_is_not_offered_again(
    room: Room, talk: Talk, manager: Actor
) -> None:
    follow()
    need = need_accept(actor=manager, need=need_of(talk["zebra"]).pk, at=EVENING)
    out = [talk["zebra"][3].pk]
    evidence_remove(actor=manager, need=need.pk, messages=out, at=EVENING)
    given.a_message(room, talk["zebra"][0].thread, "Dag allemaal!")
    follow()
    assert not need.suggestions.filter(state=Suggestion.State.OPEN).exists()


@pytest.mark.django_db
def test_what_is_offered_is_taken_on_and_offered_no_more(
    room: Room, talk: Talk, manager: Actor
) -> None:
    follow()
    need = need_accept(actor=manager, need=need_of(talk["zebra"]).pk, at=EVENING)
    more = given.a_message(room, talk["zebra"][0].thread, MORE)
    follow()
    suggestion = need.suggestions.get(state=Suggestion.State.OPEN)
    suggestion_accept(actor=manager, suggestion=suggestion.pk, at=EVENING)
    follow()
    assert need.evidence.filter(message=more).exists()
    assert not need.suggestions.filter(state=Suggestion.State.OPEN).exists()


@pytest.mark.django_db
def test_a_dismissed_need_stays_dismissed(room: Room, talk: Talk, manager: Actor) -> None:
    follow()
    need = need_of(talk["waste"])
    suggestion = need.suggestions.get()
    suggestion_dismiss(actor=manager, suggestion=suggestion.pk, reason="Geen behoefte.", at=EVENING)
    for body in SAID["waste"]:
        given.a_message(room, talk["waste"][0].thread, body)
    follow()
    assert Need.objects.count() == len(SAID)
    assert Suggestion.objects.filter(state=Suggestion.State.OPEN).count() == len(SAID) - 1


@pytest.mark.django_db
def test_a_suggestion_that_a_person_reworded_is_theirs(
    room: Room, talk: Talk, manager: Actor
) -> None:
    follow()
    need = need_of(talk["zebra"])
    title = quote(talk["zebra"][0], "een zebrapad")
    need_edit(actor=manager, need=need.pk, sentences=[title], at=EVENING)
    before = stored_of(need)
    given.a_message(room, talk["zebra"][0].thread, MORE)
    follow()
    assert stored_of(need) == before


@pytest.mark.django_db
def test_a_need_that_lost_its_title_is_offered_another_once(
    room: Room, talk: Talk, manager: Actor
) -> None:
    follow()
    need = need_accept(actor=manager, need=need_of(talk["light"]).pk, at=EVENING)
    cited = need.sentences.get(place=0).citations.get().message
    do(
        message_hide,
        by=given.a_manager(),
        room=room,
        message=cited.pk,
        ground="insult",
        reason="Nee.",
    )
    follow()
    suggestion = need.suggestions.get(state=Suggestion.State.OPEN)
    payload = payload_of(suggestion)
    assert isinstance(payload, OtherTitle)
    assert cited.pk not in {span.message for span in payload.title}
    suggestion_dismiss(actor=manager, suggestion=suggestion.pk, reason="Nee.", at=EVENING)
    given.a_message(room, talk["light"][0].thread, "Dag allemaal!")
    follow()
    assert not need.suggestions.filter(state=Suggestion.State.OPEN).exists()


@pytest.mark.django_db
def test_what_is_said_again_after_a_need_was_closed_is_a_new_need(
    room: Room, talk: Talk, manager: Actor
) -> None:
    follow()
    need = need_accept(actor=manager, need=need_of(talk["zebra"]).pk, at=EVENING)
    need_close(actor=manager, need=need.pk, reason="Het ligt er.", at=EVENING)
    follow()
    assert Need.objects.count() == len(SAID)
    again = [given.a_message(room, talk["zebra"][0].thread, MORE) for _ in range(5)]
    follow()
    new = Need.objects.get(evidence__message=again[0])
    assert set(new.evidence.values_list("message", flat=True)) == {one.pk for one in again}


# What the plan decides, without any data.


def a_group(*parts: int, title: int = 0, theme: str = "traffic", **fields: Any) -> Group:
    words = ((Span(title or parts[0], 0, 5),),)
    return Group("n1", theme, words, parts, **fields)


def accepted(need: int, *parts: int, **fields: Any) -> Known:
    inside = frozenset(parts)
    return Known(need, Whose.PEOPLE, parts=inside, rests_on=inside, **fields)


def plan(
    groups: Sequence[Group],
    needs: Sequence[Known] = (),
    elsewhere: Sequence[tuple[int, Group]] = (),
    **stored: Any,
) -> Plan:
    """The plan where every message is by someone else."""
    live = frozenset(one.need for one in needs) | {need for need, _ in elsewhere}
    beside = Stored(list(needs), **{"live": live} | stored)
    authors = {number: str(number) for number in range(1, 100)}
    return planned(7, groups, beside, authors=authors, fewest=3, elsewhere=elsewhere)


def test_half_of_the_smaller_makes_a_group_a_need() -> None:
    found = plan([a_group(1, 2, 3, 4, 5, 6)], [accepted(9, 1, 2, 20, 21)])
    assert not found.new
    assert found.offers[0].payload == MoreMessages(room=7, parts=(3, 4, 5, 6))
    assert len(plan([a_group(1, 2, 3, 4, 5, 6)], [accepted(9, 1, 20, 21)]).new) == 1


def test_a_message_belongs_to_one_need_at_most() -> None:
    (new,) = plan([a_group(1, 2, 3, 4, 5, 6)], [accepted(9, 1, 20, 21)]).new
    assert new.draft.evidence == evidence((2, 3, 4, 5, 6), ())


def test_a_group_with_too_little_of_its_own_is_nothing() -> None:
    found = plan([a_group(1, 2, 3, 4, 5, 6)], [accepted(8, 1, 2, *range(20, 29)), accepted(9, 3)])
    assert not found.new


def test_a_suggested_need_that_nothing_speaks_for_is_gone_unless_residents_took_part() -> None:
    mine = Known(9, Whose.ENGINE, parts=frozenset({50, 51, 52}))
    assert plan([a_group(1, 2, 3)], [mine]).gone == [9]
    kept = Known(9, Whose.ENGINE, parts=frozenset({50, 51, 52}), kept=True)
    assert not plan([a_group(1, 2, 3)], [kept]).gone


def test_what_is_stored_already_is_no_part_of_a_plan() -> None:
    group = a_group(1, 2, 3)
    (new,) = plan([group]).new
    stored = Known(9, Whose.ENGINE, parts=frozenset({1, 2, 3}), draft=new.draft)
    assert plan([group], [stored]).is_empty
    other = Known(9, Whose.ENGINE, parts=frozenset({1, 2, 3}), draft=_less(new.draft))
    assert plan([group], [other]).drafts == {9: new.draft}


def _less(draft: Draft) -> Draft:
    return Draft(draft.theme, draft.words, evidence((1, 2), ()), 2, draft.payload)


def test_two_needs_in_one_group_are_asked_to_be_one() -> None:
    needs = [accepted(8, 1, 2, 3), accepted(9, 4, 5, 6)]
    (offer,) = plan([a_group(1, 2, 3, 4, 5, 6)], needs).offers
    assert (offer.kind, offer.key, offer.need) == ("merge", "8:9", 8)
    assert offer.payload == Merge(room=7, needs=(8, 9), shared=(1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    "decided",
    [Decided(merges=frozenset({"8:9"})), Decided(together=frozenset({frozenset({8, 9})}))],
)
def test_needs_that_a_person_keeps_apart_are_not_asked_about_again(decided: Decided) -> None:
    needs = [accepted(8, 1, 2, 3), accepted(9, 4, 5, 6)]
    assert plan([a_group(1, 2, 3, 4, 5, 6)], needs, decided=decided).is_empty


def test_a_need_in_two_groups_is_asked_to_be_two() -> None:
    found = plan([a_group(1, 2, 3, 4), a_group(5, 6, 7)], [accepted(9, *range(1, 8))])
    (offer,) = found.offers
    assert not found.new
    assert offer.payload == Split(room=7, parts=(5, 6, 7), title=(Span(5, 0, 5),))
    assert (offer.key, offer.people) == ("9:5", 3)


@pytest.mark.parametrize(
    "decided",
    [Decided(splits={9: [frozenset({5, 6, 40})]}), Decided(merged=frozenset({9}))],
)
def test_a_need_that_a_person_keeps_whole_is_not_asked_about_again(decided: Decided) -> None:
    groups, needs = [a_group(1, 2, 3, 4), a_group(5, 6, 7)], [accepted(9, *range(1, 8))]
    assert plan(groups, needs, decided=decided).is_empty


def test_needs_of_two_rooms_that_are_clearly_the_same_are_asked_to_be_one() -> None:
    words = frozenset({"zebrapad", "school", "oversteken", "druk"})
    there = a_group(60, 61, 62, keywords=words)
    here = a_group(1, 2, 3, keywords=words - {"druk"})
    (offer,) = plan([here], [accepted(9, 1, 2, 3)], [(4, there)]).offers
    assert offer.payload == Merge(room=7, needs=(4, 9))
    unlike = a_group(1, 2, 3, keywords=frozenset({"zebrapad", "school"}))
    assert plan([unlike], [accepted(9, 1, 2, 3)], [(4, there)]).is_empty
    assert plan([here], [accepted(9, 1, 2, 3)], [(4, there)], live=frozenset({9})).is_empty


def test_a_suggestion_goes_when_nothing_speaks_for_it_any_more() -> None:
    known = Offered(33, 1, MoreMessages(room=7, parts=(4,)))
    offers = {("more", "9:7"): known}
    assert plan([a_group(1, 2, 3)], [accepted(9, 1, 2, 3)], offers=offers).dropped == [33]
    assert plan([a_group(1, 2, 3, 4)], [accepted(9, 1, 2, 3)], offers=offers).is_empty


def test_what_two_rooms_have_in_common_is_kept_while_both_needs_live() -> None:
    offers = {("merge", "4:9"): Offered(33, 0, Merge(room=7, needs=(4, 9)))}
    group, needs = [a_group(1, 2, 3)], [accepted(9, 1, 2, 3)]
    assert plan(group, needs, offers=offers, live=frozenset({4, 9})).is_empty
    assert plan(group, needs, offers=offers, live=frozenset({9})).dropped == [33]


def test_what_another_room_asked_already_is_not_asked_twice() -> None:
    needs = [accepted(8, 1, 2, 3), accepted(9, 4, 5, 6)]
    others = frozenset({(SuggestionKind.MERGE.value, "8:9")})
    assert plan([a_group(1, 2, 3, 4, 5, 6)], needs, others=others).is_empty


def test_a_new_need_says_what_the_engine_found() -> None:
    (new,) = plan([a_group(1, 2, 3, support=(4,))]).new
    title = (Span(1, 0, 5),)
    assert new.draft.payload == NewNeed(room=7, title=title, parts=(1, 2, 3), support=(4,))
    assert new.draft.people == 4
