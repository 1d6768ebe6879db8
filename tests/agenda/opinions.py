"""Opinion groups as the follower stores them, without having to compute any."""

from collections.abc import Sequence
from datetime import datetime

from deliberation.agenda.models import NeedState, OpinionSnapshot
from deliberation.people.models import Person
from rooms.models import Message, Room, Stance
from tests import given
from tests.fakes import EVENING

from .given import a_need, an_answer


def groups(room: Room, *members: Sequence[Person], named: bool = True) -> OpinionSnapshot:
    """The people of this room in groups, each in a corner of its own."""
    points = {
        str(person.pk): [place * 2.0 + number % 4 * 0.2, (place % 2) * 1.5 + number // 4 * 0.2]
        for place, group in enumerate(members)
        for number, person in enumerate(group)
    }
    content = {
        "groups": [
            {"id": f"g{place}", "members": [str(one.pk) for one in group], "typical": []}
            for place, group in enumerate(members, 1)
        ],
        "points": points,
        "consensus": [],
        "dividing": [],
        "silhouette": 0.5,
        "named": named,
    }
    return OpinionSnapshot.objects.create(room=room, at=EVENING, content=content)


def stances(message: Message, people: Sequence[Person], value: str) -> None:
    """These people have taken a stance, as far as needs are counted from it."""
    Stance.objects.bulk_create(
        Stance(message=message, person=one, value=value, at=EVENING) for one in people
    )
    counts = {value: message.stances.filter(value=value).count()}
    Message.objects.filter(pk=message.pk).update(**counts)


def a_divided_need(room: Room, *, at: datetime) -> str:
    """A need that groups think differently about, on 25 messages, with a position of a few and
    something like it that was answered before. Gives its kenmerk."""
    before = a_need(room, state=NeedState.ANSWERED, at=at)
    an_answer(before, kenmerk="BH-2026-9002", at=at)
    thread = given.a_thread(room, "Zebrapad", body="Een zebrapad bij de school.", at=at)
    first = thread.messages.get()
    few = given.a_message(room, thread, "Liever geen zebrapad, dat remt de bus.", at=at)
    rest = [
        given.a_message(room, thread, f"Ik steek daar ook over, elke dag {number}.", at=at)
        for number in range(23)
    ]
    need = a_need(room, [first, few, *rest], at=at)
    people = [given.a_resident(f"Buur {number}") for number in range(36)]
    groups(room, people[:12], people[12:24], people[24:])
    stances(first, people[:24], "agree")
    stances(first, people[24:30], "disagree")
    stances(few, people[24:27], "agree")
    stances(few, people[:12], "disagree")
    return str(need.kenmerk)
