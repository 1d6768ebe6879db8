"""The desk of officials: what is owed, the answer with its second reader, date, owner, steps."""

from datetime import timedelta

import pytest

from deliberation.agenda.models import Contest, Milestone, Need, NeedState, Response
from deliberation.agenda.services.asking import need_ask
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.browsing import browser, evening, hidden, words
from tests.fakes import EVENING, Clock

from .doing import do
from .given import a_need, an_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
DESK = "/beheer/antwoorden/"
WHOLE = {"outcome": "partly", "reason": "Er komt een drempel."}


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def olaf() -> Person:
    return given.an_official("Olaf")


@pytest.fixture
def need(room: Room, olaf: Person) -> Need:
    return asked(room, olaf)


def asked(room: Room, owner: Person | None = None, *, days: int = 0) -> Need:
    """Asked so many days ago."""
    found = a_need(room)
    at = EVENING - timedelta(days=days)
    owns = owner.pk if owner else None
    do(need_ask, by=given.a_manager(), need=found.pk, body="staff", owner=owns, at=at)
    return Need.objects.get(pk=found.pk)


def at(need: Need, act: str = "") -> str:
    return f"{DESK}{need.kenmerk}/{act}"


def test_the_desk_is_for_who_answers_and_who_manages(need: Need) -> None:
    assert browser().get(DESK).url.startswith("/accounts/login/")
    for person in (given.a_resident(), given.a_council_member()):
        for address in (DESK, at(need), at(need, "wie"), at(need, "datum"), at(need, "stap")):
            response = browser(person).get(address)
            assert response.status_code == 403, address
    for person in (given.an_official(), given.a_manager(), given.an_administrator()):
        assert browser(person).get(DESK).status_code == 200
        assert browser(person).get(at(need)).status_code == 200
    assert browser(given.an_official()).get(f"{DESK}BH-1999-0001/").status_code == 404


def test_an_official_finds_the_desk_in_the_header(olaf: Person) -> None:
    assert f'href="{DESK}"' in browser(olaf).get("/").content.decode()
    assert f'href="{DESK}"' not in browser(given.a_resident()).get("/").content.decode()


def test_my_answers_come_by_due_date_and_those_of_nobody_are_offered(
    room: Room, olaf: Person
) -> None:
    roos = given.an_official("Roos")
    new, old = asked(room, olaf), asked(room, olaf, days=60)
    free, hers = asked(room), asked(room, roos)
    pile = browser(olaf).get(DESK).context["pile"]
    assert [entry.need for entry in pile.mine] == [old, new]
    assert [entry.need for entry in pile.unassigned] == [free]
    assert [entry.need for entry in pile.others] == [hers]
    shown = words(browser(olaf).get(DESK))
    assert "days late" in shown
    assert "Due on 30 March 2026, in 28 days" in shown


def test_an_answer_without_a_reason_is_refused_and_the_text_is_kept(
    need: Need, olaf: Person
) -> None:
    link = "https://kade.test/besluit"
    client = browser(olaf)
    refused = client.post(at(need), {"do": "publish", "outcome": "not", "link": link})
    assert refused.status_code == 422
    assert "An answer needs a reason." in words(refused)
    assert f'value="{link}"' in refused.content.decode()
    assert not Response.objects.exists()
    refused = client.post(at(need), {"do": "publish", "reason": "Er is geen geld."})
    assert "Choose the outcome first." in words(refused)
    assert "Er is geen geld." in refused.content.decode()


def test_the_way_of_an_answer_from_draft_to_published(need: Need, olaf: Person) -> None:
    writer, reader = browser(olaf), browser(given.an_official("Roos"))
    kept = writer.post(at(need), {"do": "draft"} | WHOLE)
    assert kept.url == f"{at(need)}?gedaan=concept"
    assert "Your draft is kept." in words(writer.get(kept.url))
    assert "I read it: this is right" not in words(writer.get(at(need)))
    early = writer.post(at(need), {"do": "publish"} | WHOLE)
    assert "A colleague has to read this first." in words(early)

    shown = reader.get(at(need))
    assert [entry.need for entry in reader.get(DESK).context["pile"].to_read] == [need]
    drafted = {"drafted": hidden(shown, "drafted")}
    read = reader.post(at(need), {"do": "read"} | WHOLE | drafted)
    assert read.url == f"{at(need)}?gedaan=gelezen"
    assert "Read by Roos" in words(writer.get(at(need)))
    assert "read, ready to publish" in words(writer.get(DESK))

    done = writer.post(at(need), {"do": "publish"} | WHOLE)
    answer = Response.objects.get()
    assert done.url == f"/b/{need.kenmerk}/#answer-{answer.pk}"
    assert answer.state == Response.State.PUBLISHED
    assert "Er komt een drempel." in words(browser().get(f"/b/{need.kenmerk}/"))


def test_a_reader_reads_what_stands_there_and_not_what_was_or_what_they_made_of_it(
    need: Need, olaf: Person
) -> None:
    writer, reader = browser(olaf), browser(given.an_official("Roos"))
    writer.post(at(need), {"do": "draft"} | WHOLE)
    drafted = {"drafted": hidden(reader.get(at(need)), "drafted")}
    mine = WHOLE | {"reason": "Er komt geen drempel."}
    changed = reader.post(at(need), {"do": "read"} | mine | drafted)
    assert "You changed the text." in words(changed)
    assert "Er komt geen drempel." in changed.content.decode()
    Response.objects.update(drafted_at=EVENING + timedelta(minutes=1))
    meanwhile = reader.post(at(need), {"do": "read"} | WHOLE | drafted)
    assert "Someone changed the draft in the meantime." in words(meanwhile)
    assert Response.objects.get().state == Response.State.DRAFT


def test_a_manager_sees_the_desk_but_writes_no_answer(need: Need) -> None:
    client = browser(given.a_manager())
    assert 'name="do"' not in client.get(at(need)).content.decode()
    assert client.post(at(need), {"do": "draft"} | WHOLE).status_code == 422
    assert client.get(at(need, "datum")).status_code == 403
    assert not Response.objects.exists()


def test_a_manager_asks_and_chooses_who_answers(room: Room, olaf: Person) -> None:
    need = a_need(room)
    manager = browser(given.a_manager())
    assert at(need) in manager.get(f"/b/{need.kenmerk}/").content.decode()
    assert at(need) not in browser(given.a_resident()).get(f"/b/{need.kenmerk}/").content.decode()
    assert "Ask the municipality for an answer" in words(manager.get(at(need)))
    assert browser(olaf).get(at(need, "wie")).status_code == 403
    done = manager.post(at(need, "wie"), {"body": "council", "owner": olaf.pk})
    assert done.url == at(need)
    need.refresh_from_db()
    assert (need.state, need.body, need.owner) == (NeedState.ASKED, "council", olaf)
    browser(olaf).post(at(need, "wie"), {"body": "staff", "owner": ""})
    need.refresh_from_db()
    assert (need.body, need.owner) == ("staff", None)


def test_a_later_day_is_refused_without_a_reason_and_kept_in_the_form(
    need: Need, olaf: Person
) -> None:
    client = browser(olaf)
    refused = client.post(at(need, "datum"), {"until": "2026-06-01", "reason": " "})
    assert refused.status_code == 422
    assert 'value="2026-06-01"' in refused.content.decode()
    done = client.post(at(need, "datum"), {"until": "2026-06-01", "reason": "Onderzoek."})
    assert done.url == at(need)
    assert "that became Monday 1 June 2026. Reason: Onderzoek." in words(client.get(at(need)))


@pytest.mark.parametrize(
    ("step", "state"),
    [("", NeedState.ANSWERED), ("start", NeedState.UNDER_WAY), ("done", NeedState.DONE)],
)
def test_steps_are_told(room: Room, olaf: Person, step: str, state: NeedState) -> None:
    need = a_need(room, state=NeedState.ANSWERED)
    an_answer(need)
    client = browser(olaf)
    assert [entry.need for entry in client.get(DESK).context["pile"].promised] == [need]
    form = {"step": step, "text": "De drempel ligt er.", "on": "2026-03-02", "link": ""}
    assert client.post(at(need, "stap"), form | {"text": ""}).status_code == 422
    assert client.post(at(need, "stap"), form).url == at(need)
    assert Milestone.objects.get().text == "De drempel ligt er."
    assert Need.objects.get().state == state
    assert "De drempel ligt er." in words(browser().get(f"/b/{need.kenmerk}/"))


def test_what_residents_say_is_not_right_is_answered_from_the_desk(
    need: Need, olaf: Person, clock: Clock
) -> None:
    said = Contest.objects.create(need=need, kind="missing", words="En de stoep?", at=clock())
    client = browser(olaf)
    for address in (DESK, at(need)):
        assert "En de stoep?" in words(client.get(address))
    address = f"{DESK}klopt-niet/{said.pk}"
    assert client.post(address, {"answer": ""}).status_code == 422
    assert client.post(address, {"answer": "Staat er nu bij."}).url == at(need)
    assert "En de stoep?" not in words(client.get(DESK))
    assert "Staat er nu bij." in words(browser().get(f"/b/{need.kenmerk}/"))
    assert client.get(f"{DESK}klopt-niet/{10**9}").status_code == 404
