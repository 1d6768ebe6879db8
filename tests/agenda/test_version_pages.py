"""A version stays at its address: what changed since is marked, what is gone is a tombstone."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from deliberation.agenda.models import Contest, Edit, Need, NeedSentence, Version
from deliberation.agenda.services.versions import version_adopt
from deliberation.people import pace
from rooms.models import Room
from rooms.privacy.erasing import erase
from tests import given
from tests.agenda.given import a_need, an_answer, said
from tests.browsing import DUTCH, browser, evening, words
from tests.fakes import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
PAGE = "/n/kade/agenda/versies/"


@pytest.fixture
def room() -> Room:
    return given.a_room("kade-plein")


@pytest.fixture
def need(room: Room) -> Need:
    return a_need(room, said(room))


def adopt(room: Room, *, days: int = 0) -> Version:
    at = EVENING + timedelta(days=days)
    manager = given.acting(given.a_manager(), at=at)
    return version_adopt(actor=manager, neighbourhood=room.neighbourhood, at=at)


def test_a_manager_adopts_and_everyone_reads(need: Need) -> None:
    manager = browser(given.a_manager())
    assert "Adopt this version" in words(manager.get(PAGE))
    answer = manager.post(f"{PAGE}vaststellen")
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}1/")
    page = browser().get(f"{PAGE}1/")
    assert "Veilig oversteken bij de school." in words(page)
    assert "Nobody put anything higher or lower." in words(page)
    assert Version.objects.get().hash in words(page)
    assert not page.cookies


def test_residents_see_no_form_and_can_not_adopt(need: Need) -> None:
    resident = browser(given.a_resident())
    assert "Adopt this version" not in words(resident.get(PAGE))
    page = resident.post(f"{PAGE}vaststellen")
    assert page.status_code == 422
    assert not Version.objects.exists()


def test_an_objection_without_answer_is_named_with_its_need(need: Need) -> None:
    Contest.objects.create(need=need, kind="wrong", words="Klopt niet.", at=EVENING)
    manager = browser(given.a_manager())
    assert f'href="/b/{need.kenmerk}/"' in manager.get(PAGE).content.decode()
    page = manager.post(f"{PAGE}vaststellen")
    assert page.status_code == 422
    assert f"(1): {need.kenmerk} (1)" in words(page)


def test_another_site_can_not_adopt(need: Need) -> None:
    manager = browser(given.a_manager())
    page = manager.post(f"{PAGE}vaststellen", HTTP_ORIGIN="https://elders.example")
    assert page.status_code == 403
    assert not Version.objects.exists()


def test_what_changed_between_two_versions_is_told(room: Room, need: Need) -> None:
    adopt(room)
    other = a_need(room, said(room, ["Meer licht.", "Het is donker."]))
    an_answer(need, kenmerk="BH-2026-0050")
    adopt(room, days=30)
    page = words(browser().get(f"{PAGE}2/"))
    assert "What changed since version 1 New on the agenda Meer licht. Answered Veilig" in page
    assert other.kenmerk in page
    assert "There is a newer version." in words(browser().get(f"{PAGE}1/"))
    assert "1 new, 1 answered, 0 worded differently" in words(browser().get(PAGE))


def test_erased_words_are_a_tombstone_and_changed_ones_are_marked(room: Room, need: Need) -> None:
    adopt(room)
    first, second, third = (one.message for one in need.evidence.order_by("pk"))
    erase(actor=given.acting(first.author), at=EVENING)
    second.body = "Iets heel anders."
    second.save()
    page = browser().get(f"{PAGE}1/")
    assert "Veilig oversteken" not in words(page)
    assert "Iets heel anders." not in words(page)
    assert "The words of this need are not shown any more" in words(page)
    assert "Message erased" in words(page)
    assert "The writer changed this message." in words(page)
    assert third.body in words(page)
    assert "1 need rests on words that changed or went since." in words(page)


def test_words_of_a_manager_are_found_again_after_another_edit(room: Room, need: Need) -> None:
    title = NeedSentence.objects.get(need=need, place=0)
    title.text = "Een veilige oversteek"
    title.save()
    adopt(room)
    assert "Een veilige oversteek" in words(browser().get(f"{PAGE}1/"))
    title.citations.update(end=4)  # another wording, of other words
    title.text = ""
    title.save()
    assert "Een veilige oversteek" not in words(browser().get(f"{PAGE}1/"))
    picture = {"sentences": [{"text": "Een veilige oversteek", "spans": []}]}
    Edit.objects.create(
        neighbourhood=room.neighbourhood,
        kind="edit",
        at=EVENING,
        before={str(need.pk): picture},
        after={str(need.pk): picture},
    )
    assert "Een veilige oversteek" in words(browser().get(f"{PAGE}1/"))
    message = title.citations.get().message
    message.state = "hidden"
    message.save()
    assert "Een veilige oversteek" not in words(browser().get(f"{PAGE}1/"))


def test_a_version_that_was_tampered_with_says_so(room: Room, need: Need) -> None:
    version = adopt(room)
    Version.objects.update(content=version.content[:-1])
    page = browser().get(f"{PAGE}1/")
    assert page.status_code == 200
    assert "Someone changed it after it was adopted." in words(page)
    assert browser().get(PAGE).status_code == 200


def test_every_byte_can_be_had(room: Room, need: Need) -> None:
    version = adopt(room)
    answer = browser().get(f"{PAGE}1/inhoud.json")
    assert answer.content.decode() == version.content
    assert browser().get(f"{PAGE}2/").status_code == 404


def test_the_open_data_is_one_file_and_a_few_at_a_time(room: Room, need: Need) -> None:
    adopt(room)
    answer = browser().get("/n/kade/agenda/open-data.zip")
    assert answer["Content-Type"] == "application/zip"
    archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert {"README.md", "agenda.json", "versions/1.json"} <= set(archive.namelist())
    assert not answer.cookies
    for _ in range(pace.DOWNLOADS.rate.burst):
        last = browser().get("/n/kade/agenda/open-data.zip")
    assert last.status_code == 429


def test_it_reads_in_dutch(room: Room, need: Need) -> None:
    adopt(room)
    assert "Vastgestelde versies" in words(browser().get(PAGE, **DUTCH))
    assert "Vastgesteld op maandag 2 maart 2026." in words(browser().get(f"{PAGE}1/", **DUTCH))


def test_without_a_version_the_page_says_so(room: Room) -> None:
    assert "No version was adopted yet." in words(browser().get(PAGE))
    assert browser().get("/n/nergens/agenda/versies/").status_code == 404
