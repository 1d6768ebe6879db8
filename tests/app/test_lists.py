"""Word lists: in and out as files, tried on last week's messages, put on and off."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from moderation.models import WatchList
from moderation.screening.lists import parsed
from moderation.screening.seen import Seen
from moderation.selectors.lists import trial
from moderation.services.listing import list_remove, list_save, list_switch
from moderation.watchlists import forget_lists, list_named, lists, screen
from tests import given
from tests.browsing import browser
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "# name: Eigen\n# language: nl\n# ground: off_topic\nkermis*\n/loterij(en)?/\n"
PAGE = "/moderatie/woordenlijsten/"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_lists()


@pytest.fixture
def mieke() -> Person:
    return given.a_manager()


@pytest.fixture
def manager(mieke: Person) -> Client:
    return browser(mieke)


def saved(by: Person, text: str = TEXT, **fields: str) -> WatchList:
    return list_save(actor=given.acting(by), text=text, at=EVENING, **fields)


def found(text: str) -> list[str]:
    return [str(hit.values["list"]) for hit in screen(EVENING).words(text)]


def test_a_new_list_is_off_and_works_at_once_when_it_is_put_on(mieke: Person) -> None:
    assert saved(mieke).is_on is False
    assert found("Wanneer is de kermisweek?") == []
    list_switch(actor=given.acting(mieke), name="Eigen", on=True, at=EVENING)
    assert found("Wanneer is de kermisweek?") == ["Eigen"]
    list_switch(actor=given.acting(mieke), name="Eigen", on=False, at=EVENING)
    assert found("Wanneer is de kermisweek?") == []


def test_a_list_of_ours_can_be_put_off_and_on_again(mieke: Person) -> None:
    assert found("Jij bent een klootzak.") == ["Beledigingen"]
    for on, names in ((False, []), (True, ["Beledigingen"])):
        list_switch(
            actor=given.acting(mieke), name="Beledigingen", on=on, at=EVENING + timedelta(1) * on
        )
        assert found("Jij bent een klootzak.") == names
    kept = list_named("Beledigingen")
    assert kept is not None
    assert (kept.is_on, kept.own) == (True, None)


def test_a_trial_tells_what_would_have_been_found_in_a_week(mieke: Person) -> None:
    room, fatima = given.a_room("kade"), given.a_resident()
    said = ["Komt er een kermis?", "Kermis en loterijen!", "Een bankje, graag."]
    thread = given.a_thread(room, by=mieke)
    for words in said:
        given.a_message(room, thread, words, by=fatima)
    given.a_message(room, thread, "De kermis is 1 mei.", by=mieke)
    given.a_message(room, thread, "Oude kermis.", by=fatima, at=EVENING - timedelta(days=8))
    saved(mieke)
    kept = list_named("Eigen")
    assert kept is not None
    seen = trial(kept.words, at=EVENING + timedelta(minutes=1))
    assert (seen.looked_at, seen.count) == (3, 2)
    assert [part.text for part in seen.found[0].parts if part.marked] == ["Kermis", "loterijen"]
    assert "".join(part.text for part in seen.found[0].parts) == "Kermis en loterijen!"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# ground: insult\nwoord", "no_name"),
        ("# name: Eigen\nwoord", "no_ground"),
        ("# name: Eigen\n# ground: insult\n", "empty"),
        ("# name: Eigen\n# ground: insult\n/(a+/", "bad_line"),
        ("# name: Eigen\n# ground: insult\n/(?=a)a/", "bad_line"),
        ("# name: Eigen\n# ground: insult\n/a*/", "bad_line"),
        ("# name: Beledigingen\n# ground: insult\nwoord", "name_taken"),
        ("# name: In/uit\n# ground: insult\nwoord", "bad_name"),
        ("# name: Eigen\n# ground: insult\n" + "x" * 1_000_001, "too_long"),
    ],
)
def test_a_list_that_is_wrong_is_refused(mieke: Person, text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        saved(mieke, text)
    assert caught.value.code == code
    assert not WatchList.objects.exists()


def test_a_pattern_made_to_take_for_ever_does_not(mieke: Person) -> None:
    saved(mieke, "# name: Eigen\n# ground: spam\n/(a+)+$/\n")
    list_switch(actor=given.acting(mieke), name="Eigen", on=True, at=EVENING)
    assert screen(EVENING).hits(Seen("a" * 2000 + "!")) == []


def test_a_list_in_use_is_not_removed(mieke: Person) -> None:
    saved(mieke)
    list_switch(actor=given.acting(mieke), name="Eigen", on=True, at=EVENING)
    with pytest.raises(Refused) as caught:
        list_remove(actor=given.acting(mieke), name="Eigen")
    assert caught.value.code == "in_use"
    list_switch(actor=given.acting(mieke), name="Eigen", on=False, at=EVENING)
    list_remove(actor=given.acting(mieke), name="Eigen")
    assert not WatchList.objects.exists()


def test_others_can_do_nothing_with_lists() -> None:
    olaf = given.acting(given.an_official())
    for act in (
        lambda: list_save(actor=olaf, text=TEXT, at=EVENING),
        lambda: list_switch(actor=olaf, name="Beledigingen", on=False, at=EVENING),
        lambda: list_remove(actor=olaf, name="Beledigingen"),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "not_allowed"
    assert browser(given.a_resident()).get(PAGE).status_code == 403


def test_from_a_file_to_use_and_out_again(manager: Client) -> None:
    file = SimpleUploadedFile("lijst.txt", TEXT.encode(), content_type="text/plain")
    answer = manager.post(PAGE, {"file": file})
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}Eigen/?gedaan=bewaard")
    assert manager.post(f"{PAGE}Eigen/", {"do": "on"}).status_code == 303
    assert WatchList.objects.get().is_on
    assert manager.get(f"{PAGE}Eigen/bestand").content.decode() == TEXT
    form = {"name": "Eigen", "ground": "off_topic", "language": "nl", "words": "circus\r\ntent"}
    assert manager.post(f"{PAGE}Eigen/", {"do": "save", **form}).status_code == 303
    assert found("Een tent.") == ["Eigen"]
    assert found("Het circus komt.") == ["Eigen"]


def test_a_form_makes_one_too_and_gives_back_what_was_wrong_in_it(manager: Client) -> None:
    form = {"name": "Eigen", "ground": "spam", "language": "", "words": "gratis"}
    answer = manager.post(PAGE, form | {"name": " "}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Give the list a name" in answer.content.decode()
    assert "gratis" in answer.content.decode()
    assert manager.post(PAGE, form).status_code == 303
    assert WatchList.objects.get().text == "# name: Eigen\n# language: \n# ground: spam\ngratis\n"


@pytest.mark.parametrize(
    ("file", "words"),
    [(b"\xff\xfe\x00", "plain text"), (b"woord", "Give the list a name")],
)
def test_a_file_that_is_none_is_refused_in_words(manager: Client, file: bytes, words: str) -> None:
    given_file = SimpleUploadedFile("lijst.txt", file)
    answer = manager.post(PAGE, {"file": given_file}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_what_comes_with_the_software_reads_back_as_it_was() -> None:
    assert all(parsed(one.text) == one.words for one in lists())


def test_an_unknown_list_or_act_is_refused(manager: Client) -> None:
    assert manager.get(f"{PAGE}Niets/").status_code == 404
    assert manager.post(f"{PAGE}Beledigingen/", {"do": "x"}).status_code == 422


def test_a_huge_file_is_refused_unread(manager: Client) -> None:
    file = SimpleUploadedFile("lijst.txt", b"x" * 4_000_001, content_type="text/plain")
    answer = manager.post(PAGE, {"file": file})
    assert answer.status_code == 422
    assert "This file is too big" in answer.content.decode()
