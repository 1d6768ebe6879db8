"""Posters: one sheet that says what it is about, and a code that leads there."""

from io import BytesIO

import pytest
from django.core.cache import cache
from pypdf import PdfReader

from rooms.models import Room
from rooms.posters import pdf as drawing
from tests import given
from tests.browsing import browser, evening, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
A4 = (595, 842)  # points


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


def read(address: str) -> PdfReader:
    response = browser().get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert not response.cookies
    return PdfReader(BytesIO(response.content))


def text(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_a_room_has_a_sheet_with_its_question_and_address(room: Room) -> None:
    document = read("/r/kade/poster.pdf")
    (page,) = document.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    assert room.charter.question in text(document)
    assert "testserver/r/kade" in text(document)
    assert "Praat mee, in drie stappen" in text(document)


def test_a_sheet_says_its_title_and_language_to_a_screen_reader(room: Room) -> None:
    document = read("/r/kade/poster.pdf?lang=en")
    catalogue = document.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]) == "en"
    assert document.metadata is not None
    assert room.charter.question in str(document.metadata.title)
    assert "Talk along, in three steps" in text(document)


def test_a_conversation_has_a_sheet_of_its_own(room: Room) -> None:
    thread = given.a_thread(room, "Een bankje onder de linde?")
    document = read(f"/r/kade/t/{thread.pk}/poster.pdf")
    assert "Een bankje onder de linde?" in text(document)
    assert f"testserver/r/kade/t/{thread.pk}" in text(document)


@pytest.mark.parametrize(
    "title",
    [
        "x" * 120,
        "W " * 60,
        "Çiğdem Şahin ğüşiöç",
        "Zażółć gęślą jaźń",
        "Що потрібно нашій вулиці?",
        "ماذا يحتاج حيّنا؟",
        "<script>alert(1)</script> & co",
    ],
)
def test_whatever_a_conversation_is_called_fits_on_one_sheet(room: Room, title: str) -> None:
    thread = given.a_thread(room, title)
    document = read(f"/r/kade/t/{thread.pk}/poster.pdf")
    assert len(document.pages) == 1
    found = text(document).replace(" ", "")
    assert f"testserver/r/kade/t/{thread.pk}" in found
    if title.isascii():
        assert title.replace(" ", "") in found


def test_a_system_that_can_not_draw_text_says_so(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_pango(_: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    cache.clear()
    monkeypatch.setattr(drawing, "import_module", without_pango)
    page = browser().get("/r/kade/poster.pdf")
    assert page.status_code == 503
    assert "This site can't make posters now." in words(page)


def test_a_draft_has_no_sheet_for_residents() -> None:
    given.a_draft("ontwerp")
    assert browser().get("/r/ontwerp/poster.pdf").status_code == 404


def test_a_sheet_reads_nothing_but_our_font() -> None:
    made = drawing.pdf('<html lang="nl"><title>x</title><img src="file:///etc/passwd" alt="">')
    assert b"root:" not in made
