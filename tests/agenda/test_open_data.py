"""An export says what everyone can read, leads back to nobody, and proves itself."""

import io
import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from deliberation.__main__ import main
from deliberation.agenda.models import Version
from deliberation.agenda.opendata.archive import zipped
from deliberation.agenda.opendata.files import files
from deliberation.agenda.opendata.lines import lines
from deliberation.agenda.opendata.material import BadExport, of_database, of_folder
from deliberation.agenda.opendata.verifying import Verdict, verify
from deliberation.agenda.services.versions import version_adopt
from deliberation.kernel.ids import new_ref
from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Message, Room
from rooms.privacy.erasing import erase
from rooms.services import message_edit, stance_take
from tests import given
from tests.agenda.given import a_need, an_answer, said
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    """A room with a need, adopted."""
    room = given.a_room("kade-plein")
    a_need(room, said(room))
    adopt(room)
    return room


def adopt(room: Room, *, days: int = 0) -> Version:
    at = EVENING + timedelta(days=days)
    actor = given.acting(given.a_manager(), at=at)
    return version_adopt(actor=actor, neighbourhood=room.neighbourhood, at=at)


def exported(room: Room, folder: Path, version: int | None = None) -> Path:
    for name, pieces in files(room.neighbourhood, at=EVENING, version=version):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(pieces), newline="")
    return folder


def both(room: Room, folder: Path) -> list[Verdict]:
    """The verdict of the database and that of an export; they always say the same."""
    found = [verify(of_database(room.neighbourhood)), verify(of_folder(exported(room, folder)))]
    assert found[0] == found[1]
    return found


def cited(room: Room) -> Message:
    return Message.objects.filter(room=room, citations__isnull=False).order_by("pk")[0]


# What is in it


def test_authors_and_stances_have_numbers_that_lead_back_to_nobody(room: Room) -> None:
    fatima = given.a_resident("Fatima Test")
    mine = [given.a_message(room, body=body, by=fatima) for body in ("Een.", "Twee.")]
    for person in (given.a_resident("Ali"), given.a_resident("Bo")):
        for message in mine:
            stance_take(
                actor=given.acting(person),
                room=room,
                ref=new_ref(),
                message=message.pk,
                value="agree" if person.name == "Ali" else "unsure",
                at=EVENING,
            )
    found = {line["id"]: line for line in lines(room)}
    first, second = (found[str(message.pk)] for message in mine)
    assert first["author"] == second["author"]
    assert first["author"].startswith("a")
    assert first["votes"] == second["votes"] == {"v1": 1, "v2": 0}
    written = json.dumps(found)
    assert "Fatima" not in written
    assert f'"{fatima.pk}"' not in {line["author"] for line in found.values()}


def test_what_is_hidden_or_erased_is_not_in_it_and_moves_no_one_elses_number(room: Room) -> None:
    before = {line["id"]: line for line in lines(room)}
    hidden = Message.objects.filter(room=room).order_by("seq")[0]
    hide(hidden)
    after = {line["id"]: line for line in lines(room)}
    assert before.keys() - after.keys() == {str(hidden.pk)}
    assert all(before[pk] == line for pk, line in after.items())


def test_the_summary_command_reads_its_lines(room: Room) -> None:
    text = "".join(json.dumps(line) + "\n" for line in lines(room))
    command = [sys.executable, "-m", "deliberation", "summarise", "--lang", "nl"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout).keys() >= {"needs", "noise", "hash"}


def test_a_formula_in_a_title_is_no_formula_in_the_table(room: Room, tmp_path: Path) -> None:
    a_need(room, said(room, ['=HYPERLINK("http://x","Klik")']))
    table = (exported(room, tmp_path) / "needs.csv").read_text()
    assert "\"'=HYPERLINK" in table


def test_the_archive_holds_the_same_files_as_the_folder(room: Room, tmp_path: Path) -> None:
    folder = exported(room, tmp_path)
    pieces = list(zipped(files(room.neighbourhood, at=EVENING), at=EVENING))
    archive = ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    assert len(pieces) > 1
    for name in archive.namelist():
        assert archive.read(name) == (folder / name).read_bytes()
    assert len(archive.namelist()) == len([one for one in folder.rglob("*") if one.is_file()])


def test_with_a_version_it_goes_as_far_as_that_version_went(room: Room, tmp_path: Path) -> None:
    a_need(room, said(room, ["Meer licht.", "Het is te donker."]))
    adopt(room, days=7)
    given.a_message(room, body="Van later.")
    first = exported(room, tmp_path / "first", version=1)
    index = json.loads((first / "agenda.json").read_text())
    assert [one["number"] for one in index["versions"]] == [1]
    text = (first / "rooms/kade-plein/messages.jsonl").read_text()
    assert "Meer licht" not in text
    assert verify(of_folder(first)).holds


# What it proves


def test_fresh_versions_hold_and_say_the_same_of_a_database_and_an_export(
    room: Room, tmp_path: Path
) -> None:
    for found in both(room, tmp_path):
        assert found.holds
        assert found.counted() == {"ok": 4}
        assert [one.state for one in found.rooms] == ["same"]


def test_a_source_that_changed_is_told_and_is_no_error(room: Room, tmp_path: Path) -> None:
    message = cited(room)
    message_edit(
        actor=given.acting(message.author),
        room=room,
        ref=new_ref(),
        message=message.pk,
        body="Iets anders.",
        at=EVENING,
    )
    for found in both(room, tmp_path):
        assert found.holds
        assert found.counted() == {"changed": 2, "ok": 2}
        assert [one.state for one in found.rooms] == ["sources"]


@pytest.mark.parametrize("act", ["hide", "erase"])
def test_a_source_that_is_gone_is_told_and_is_no_error(
    room: Room, tmp_path: Path, act: str
) -> None:
    message = cited(room)
    if act == "hide":
        hide(message)
    else:
        erase(actor=given.acting(message.author), at=EVENING)
    for found in both(room, tmp_path):
        assert found.holds
        assert found.counted() == {"gone": 2, "ok": 2}
        assert [one.state for one in found.rooms] == ["sources"]


def test_stances_of_later_do_not_change_what_is_summarised(room: Room, tmp_path: Path) -> None:
    stance_take(
        actor=given.acting(given.a_resident("Ali")),
        room=room,
        ref=new_ref(),
        message=cited(room).pk,
        value="agree",
        at=EVENING,
    )
    given.a_message(room, body="Van later.")
    assert [one.state for one in both(room, tmp_path)[1].rooms] == ["same"]


def test_another_summary_of_the_same_messages_is_found(room: Room, tmp_path: Path) -> None:
    """A version that was made up, with hashes that fit: what it says of the engine is not so."""
    folder = exported(room, tmp_path)
    _rewrite(folder, lambda text: text.replace('"summary":"', '"summary":"0', 1))
    found = verify(of_folder(folder))
    assert not found.holds
    assert [one.state for one in found.rooms] == ["differs"]


def test_a_citation_outside_its_message_is_found(room: Room, tmp_path: Path) -> None:
    folder = exported(room, tmp_path)
    (folder / "agenda.json").write_text((folder / "agenda.json").read_text())
    version = Version.objects.get()
    content = json.loads(version.content)
    citation = content["needs"][0]["sentences"][0]["citations"][0]
    end = citation["end"]
    _rewrite(folder, lambda text: text.replace(f'"end":{end}', f'"end":{end + 900}', 1))
    assert verify(of_folder(folder)).counted()["wrong"] == 1


def _rewrite(folder: Path, change: Callable[[str], str]) -> None:
    """Change version 1 and give it the hash that fits."""
    path, index = folder / "versions/1.json", folder / "agenda.json"
    text = change(path.read_text())
    path.write_text(text)
    found = json.loads(index.read_text())
    found["versions"][0]["hash"] = sha256(text.encode()).hexdigest()
    index.write_text(json.dumps(found))


def test_any_changed_byte_of_a_version_in_an_export_is_found(room: Room, tmp_path: Path) -> None:
    folder, rng = exported(room, tmp_path), random.Random(7)
    path = folder / "versions/1.json"
    good = path.read_bytes()
    for _ in range(200):
        at, byte = rng.randrange(len(good)), rng.randrange(256)
        if good[at] == byte:
            continue
        path.write_bytes(good[:at] + bytes([byte]) + good[at + 1 :])
        flaw = verify(of_folder(folder)).flaw
        assert flaw is not None, (at, byte)
        assert flaw.number == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"adopted_at": EVENING + timedelta(seconds=1)},
        {"parameters": {}},
        {"heads": {}},
        {"engine_hash": "0" * 64},
        {"number": 3},
        {"hash": "0" * 64},
    ],
)
def test_a_column_that_says_something_else_is_found(room: Room, fields: dict[str, object]) -> None:
    Version.objects.update(**fields)
    assert not verify(of_database(room.neighbourhood)).holds


# The command


def said_by(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["agenda", *words])
    heard = capsys.readouterr()
    return code, heard.out + heard.err


def test_an_export_is_written_and_verified_from_the_command_line(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "export")
    assert said_by(capsys, "export", folder, "--neighbourhood", "kade")[0] == 0
    code, heard = said_by(capsys, "verify", "--export", folder)
    assert code == 0
    assert f"Hash of version 1: {Version.objects.get().hash}" in heard
    assert "4 citations say what they said" in heard
    assert "room kade-plein: summarised again: the same" in heard
    assert said_by(capsys, "export", folder, "--neighbourhood", "kade")[0] == 2


def test_one_need_or_its_answer_is_verified_by_its_kenmerk(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    need = a_need(room, said(room, ["Meer licht."]))
    assert said_by(capsys, "verify", need.kenmerk or "") == (
        2,
        f"{need.kenmerk} is in no version that was adopted.\n",
    )
    an_answer(need, kenmerk="BH-2026-0099")
    adopt(room, days=1)
    for kenmerk in (need.kenmerk or "", "BH-2026-0099"):
        code, heard = said_by(capsys, "verify", kenmerk)
        assert code == 0
        assert "2 citations say what they said" in heard


def test_what_was_tampered_with_is_named_and_the_exit_code_says_so(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    version = Version.objects.get()
    version.content = version.content.replace('"people":3', '"people":4')
    version.save()
    code, heard = said_by(capsys, "verify", "--neighbourhood", "kade")
    assert code == 1
    assert "NOT AS ADOPTED: version 1, content or hash: need BH-2026-0001." in heard


@pytest.mark.parametrize(
    "words",
    [
        ("verify",),
        ("verify", "BH-2026-7777"),
        ("verify", "--neighbourhood", "nergens"),
        ("verify", "--neighbourhood", "kade", "--version", "9"),
        ("verify", "--export", "/nergens"),
        ("export", "-", "--neighbourhood", "nergens"),
        ("export", "/tmp", "--neighbourhood", "kade"),
        ("export", "-", "--neighbourhood", "kade", "--version", "9"),
    ],
)
def test_what_can_not_be_done_is_said(
    room: Room, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, heard = said_by(capsys, *words)
    assert code == 2
    assert heard.strip()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "deliberation/open-data/1"}'])
def test_what_is_no_export_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "agenda.json").write_text(text)
    with pytest.raises(BadExport):
        of_folder(tmp_path)


def hide(message: Message) -> None:
    manager = Person.objects.filter(name="Mieke").first() or given.a_manager()
    message_hide(
        actor=given.acting(manager),
        room=message.room,
        ref=new_ref(),
        message=message.pk,
        ground="insult",
        reason="Schelden.",
        at=EVENING,
    )
