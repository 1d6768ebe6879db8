"""What the council gets: complete, without names, readable in every script, safe to open."""

import csv
import io
import json

import pytest
from pypdf import PdfReader

from deliberation.agenda.models import Contest, Need, NeedState
from deliberation.agenda.services.versions import version_adopt
from rooms.models import Room
from tests import given
from tests.agenda.given import a_milestone, a_need, an_answer, move, said, support
from tests.browsing import browser, evening
from tests.fakes import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
BODIES = [
    "Çocuklar için güvenli bir geçit: İğde sokağı, Şahin.",
    "Zażółć gęślą jaźń przy szkole.",
    "Потрібен безпечний перехід біля школи, їжак і ґанок.",
    "نحتاج معبرا آمنا عند المدرسة.",
    '=HYPERLINK("http://x";"Klik")',
]


@pytest.fixture
def room() -> Room:
    return given.a_room("kade-plein")


@pytest.fixture
def need(room: Room) -> Need:
    """Answered, with support, a milestone, an objection, and words in five scripts."""
    found = a_need(room, said(room, BODIES), body="council")
    support(found, given.a_resident("Fatima Geheim"), given.a_resident("Ali Geheim"))
    Contest.objects.create(
        need=found,
        kind="missing",
        words="De fietsers ontbreken.",
        at=EVENING,
        answer="Die staan er nu bij.",
        answered_at=EVENING,
    )
    move(found, NeedState.ASKED, NeedState.ANSWERED)
    an_answer(found, kenmerk="BH-2026-0077", reason="Er komt een zebrapad.\n\nIn mei.")
    a_milestone(found)
    return Need.objects.get(pk=found.pk)


def read(address: str) -> PdfReader:
    response = browser().get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert not response.cookies
    return PdfReader(io.BytesIO(response.content))


def text(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def bookmarks(document: PdfReader) -> list[str]:
    found: list[str] = []
    waiting = list(document.outline)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = [*one, *waiting]
        else:
            found.append(str(one.title))
    return found


def test_a_need_is_a_tagged_document_with_bookmarks_and_a_language(need: Need) -> None:
    document = read(f"/b/{need.kenmerk}/pakket.pdf")
    catalogue = document.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]) == "nl"
    assert document.metadata is not None
    assert need.kenmerk in str(document.metadata.title)
    assert len(bookmarks(document)) > 6


def test_it_says_the_kenmerk_the_answer_the_objection_and_the_milestone(need: Need) -> None:
    found = text(read(f"/b/{need.kenmerk}/pakket.pdf?lang=en"))
    for words in (
        need.kenmerk or "",
        "Er komt een zebrapad.",
        "BH-2026-0077",
        "De fietsers ontbreken.",
        "Die staan er nu bij.",
        "Het zebrapad ligt er.",
        "A resident, 2 March 2026",
        f"testserver/b/{need.kenmerk}",
    ):
        assert words in found


def test_it_names_nobody(need: Need, room: Room) -> None:
    for address in ("pakket.pdf", "pakket.json", "pakket.csv"):
        response = browser().get(f"/b/{need.kenmerk}/{address}")
        words = (
            text(PdfReader(io.BytesIO(response.content)))
            if address.endswith("pdf")
            else response.content.decode()
        )
        assert "Geheim" not in words
        assert "Schrijver" not in words


def test_every_letter_of_every_script_has_a_glyph(need: Need) -> None:
    document = read(f"/b/{need.kenmerk}/pakket.pdf")
    found = text(document).replace(" ", "")
    for words in (*BODIES[:3], "HYPERLINK"):
        assert words.replace(" ", "") in found
    assert "\ufffd" not in found
    assert any("\u0600" <= letter <= "\u06ff" or letter >= "\ufe70" for letter in found)


def test_hidden_words_are_gone_from_all_three(need: Need) -> None:
    message = need.evidence.order_by("pk")[1].message
    message.state = "hidden"
    message.save()
    pdf = text(read(f"/b/{need.kenmerk}/pakket.pdf"))
    data = browser().get(f"/b/{need.kenmerk}/pakket.json").content.decode()
    table = browser().get(f"/b/{need.kenmerk}/pakket.csv").content.decode()
    assert not [one for one in (pdf, data, table) if "gęślą" in one]
    assert json.loads(data)["summary"][1]["sources"] == [{"message": message.pk, "state": "hidden"}]


def test_the_table_holds_no_formula(need: Need) -> None:
    response = browser().get(f"/b/{need.kenmerk}/pakket.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode().removeprefix("\ufeff"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert rows[0][:1] != ["Minority position"]
    assert any("'=HYPERLINK" in cell for row in rows for cell in row)


def test_data_for_programs_says_the_same(need: Need) -> None:
    response = browser().get(f"/b/{need.kenmerk}/pakket.json")
    told = json.loads(response.content)
    assert (told["kenmerk"], told["state"], told["question_to"]) == (
        need.kenmerk,
        "answered",
        "council",
    )
    assert (told["people"], told["support"]) == (5, 2)
    assert [one["outcome"] for one in told["answers"]] == ["taken_over"]
    assert [one["text"] for one in told["summary"]] == BODIES
    assert told["contests"]["answered"][0]["answer"] == "Die staan er nu bij."
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_version_is_a_document_a_table_and_data_as_well(need: Need, room: Room) -> None:
    manager = given.acting(given.a_manager())
    version = version_adopt(actor=manager, neighbourhood=room.neighbourhood, at=EVENING)
    base = "/n/kade/agenda/versies/1"
    found = text(read(f"{base}/pakket.pdf?lang=en")).replace(" ", "")
    assert version.hash in found
    assert "Erkomteenzebrapad." in found
    told = json.loads(browser().get(f"{base}/pakket.json").content)
    assert told["hash"] == version.hash
    assert told["words"][0]["title"] == BODIES[0]
    rows = list(csv.reader(io.StringIO(browser().get(f"{base}/pakket.csv").content.decode())))
    assert rows[1][1] == need.kenmerk


@pytest.mark.parametrize("kind", ["pdf", "json", "csv"])
def test_what_never_came_on_the_agenda_has_no_package(room: Room, kind: str) -> None:
    a_need(room, said(room), state=NeedState.SUGGESTED)
    assert browser().get(f"/b/BH-2026-0001/pakket.{kind}").status_code == 404
    assert browser().get(f"/n/kade/agenda/versies/1/pakket.{kind}").status_code == 404
