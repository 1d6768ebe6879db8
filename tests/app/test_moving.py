"""A message that is about something else goes where it belongs, with what answers it."""

import pytest

from deliberation.people.models import Person
from rooms.models import Message, Notice, NoticeKind, Room, Thread
from rooms.notices.lines import lines
from rooms.selectors.opening import snapshot
from rooms.services import message_move, message_post, thread_close
from tests import given
from tests.browsing import browser
from tests.doing import do, refused
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


class Talk:
    """About light; someone begins about dogs, and is answered twice, the second time in turn."""

    def __init__(self, room: Room) -> None:
        self.room, self.light = room, given.a_thread(room, "Te weinig licht")
        self.other = given.a_thread(room, "Honden")
        self.fatima, self.ahmed = given.a_resident("Fatima"), given.a_resident("Ahmed")
        self.manager = given.a_manager()
        self.first = self.say(self.ahmed, "De lantaarn is stuk.")
        self.dogs = self.say(self.fatima, "Overal hondenpoep.")
        self.between = self.say(self.ahmed, "Bij het tunneltje ook.")
        self.answer = self.say(self.ahmed, "Klopt.", reply_to=self.dogs)
        self.deeper = self.say(self.fatima, "Toch?", reply_to=self.answer)

    def say(self, by: Person, body: str, **fields: object) -> int:
        common = {"by": by, "room": self.room, "thread": self.light.pk, "body": body}
        return int(do(message_post, **common, **fields).id)

    def of(self, thread: Thread) -> list[int]:
        """Without what the conversation began with."""
        return list(thread.messages.order_by("seq").values_list("pk", flat=True))[1:]

    def move(self, message: int, **fields: object) -> None:
        do(message_move, by=self.manager, room=self.room, message=message, **fields)


@pytest.fixture
def talk(room: Room) -> Talk:
    return Talk(room)


def test_the_answers_go_along(talk: Talk) -> None:
    with verify_change(talk.room) as told:
        talk.move(talk.dogs, into=talk.other.pk)
    assert told[talk.room.pk].kinds == ["message.moved"] * 3
    assert talk.of(talk.light) == [talk.first, talk.between]
    assert talk.of(talk.other) == [talk.dogs, talk.answer, talk.deeper]
    counts = {one.id: one.messages for one in snapshot(talk.room).threads}
    assert counts == {talk.light.pk: 3, talk.other.pk: 4}


def test_it_may_become_a_conversation_of_its_own(talk: Talk) -> None:
    with verify_change(talk.room) as told:
        talk.move(talk.dogs, title="Hondenpoep")
    assert told[talk.room.pk].kinds == ["thread.opened"] + ["message.moved"] * 3
    made = Thread.objects.get(title="Hondenpoep")
    assert talk.of(made) == [talk.answer, talk.deeper]
    assert (made.kind, made.message_count, made.opened_by) == (talk.light.kind, 3, talk.manager)


def test_there_and_back_again(talk: Talk) -> None:
    with verify_change(talk.room):
        talk.move(talk.dogs, into=talk.other.pk)
        talk.move(talk.dogs, into=talk.light.pk)
    assert talk.of(talk.light) == [
        talk.first,
        talk.dogs,
        talk.between,
        talk.answer,
        talk.deeper,
    ]


def test_an_answer_goes_without_what_it_answers(talk: Talk) -> None:
    with verify_change(talk.room):
        talk.move(talk.answer, into=talk.other.pk)
    assert talk.of(talk.other) == [talk.answer, talk.deeper]
    assert Message.objects.get(pk=talk.answer).reply_to_id == talk.dogs


def test_each_writer_hears_where_their_words_stand(talk: Talk) -> None:
    talk.move(talk.dogs, into=talk.other.pk)
    told = Notice.objects.filter(kind=NoticeKind.MOVED).select_related("message__thread")
    assert {(one.person, one.message_id) for one in told} == {
        (talk.fatima, talk.dogs),
        (talk.ahmed, talk.answer),
        (talk.fatima, talk.deeper),
    }
    assert {line.news.place for line in lines(told)} == {"Honden"}
    assert {line.news.says for line in lines(told)} == {"Je bericht staat nu in een ander gesprek"}


def test_what_can_not_be_moved_is_refused_in_words(talk: Talk) -> None:
    wanted = {"by": talk.manager, "room": talk.room, "message": talk.dogs}
    refused(message_move, "same_thread", **wanted, into=talk.light.pk)
    refused(message_move, "empty", **wanted, title=" ")
    refused(message_move, "no_thread", **wanted, into=given.a_thread(given.a_room()).pk)
    keep = {"by": talk.manager, "room": talk.room, "reason": "Klaar."}
    do(thread_close, **keep, thread=talk.other.pk)
    refused(message_move, "thread_closed", **wanted, into=talk.other.pk)
    do(thread_close, **keep, thread=talk.light.pk)
    refused(message_move, "thread_closed", **wanted, title="Hondenpoep")


def test_only_managers_move(talk: Talk) -> None:
    wanted = {"room": talk.room, "message": talk.dogs, "title": "Hondenpoep"}
    for person in (talk.fatima, given.an_official()):
        refused(message_move, "not_allowed", by=person, **wanted)
    refused(message_move, "signed_out", by=None, **wanted)


def test_the_form_moves_and_leads_to_the_message(talk: Talk) -> None:
    client = browser(talk.manager)
    address = f"/r/kade/m/{talk.dogs}/move"
    page = client.get(address).content.decode()
    assert "Honden" in page
    assert "Overal hondenpoep." in page
    sent = client.post(address, {"ref": given.a_ref(EVENING), "into": "", "title": ""})
    assert sent.status_code == 422
    sent = client.post(address, {"ref": given.a_ref(1), "into": "", "title": "Hondenpoep"})
    assert sent.status_code == 303
    assert f"m{talk.dogs}" in sent["location"]
    assert Thread.objects.get(title="Hondenpoep").message_count == 3
