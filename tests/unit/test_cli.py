"""The command line: what it offers, and how it says that something can't be done."""

import subprocess
import sys
from os import environ
from pathlib import Path

import pytest
from django.test import Client

from deliberation.__main__ import COMMANDS, main
from deliberation.eventlog.models import Stream
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from tests import given


def in_words(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, with these settings and an empty data folder."""
    given = {f"DELIBERATION_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "deliberation", *words],
        env={**environ, "DELIBERATION_DATA_DIR": str(folder), **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_command_all_of_them_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in COMMANDS)


def test_a_command_that_is_not_there_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dans"]) == 2
    assert "There is no command 'dans'." in capsys.readouterr().err


# `serve` chooses the network library of its process, so it is asked in a process of its own.
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"serve"}))
def test_every_command_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELIBERATION_DEMO", "")
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: deliberation {name}" in capsys.readouterr().out


def test_serve_explains_itself(tmp_path: Path) -> None:
    said = in_words(tmp_path, "serve", "--help")
    assert said.returncode == 0
    assert "--workers" in said.stdout


def test_an_empty_database_is_said_in_words(tmp_path: Path) -> None:
    said = in_words(tmp_path, "bench", "members", "--room", "plein", "--count", "1")
    assert said.returncode == 2
    assert "bring it up to date with: deliberation release" in said.stderr
    assert "Traceback" not in said.stderr


def test_production_without_a_secret_does_not_start_and_says_why(tmp_path: Path) -> None:
    said = in_words(tmp_path, "worker", "--once", PRODUCTION="1", SECRET_KEY="kort")
    assert said.returncode == 2
    assert "DELIBERATION_SECRET_KEY" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("hosts", ["", "*", "praat.example.nl,*"])
def test_production_without_its_own_names_does_not_start_and_says_why(
    tmp_path: Path, hosts: str
) -> None:
    given = {"PRODUCTION": "1", "SECRET_KEY": "x" * 40, "ALLOWED_HOSTS": hosts}
    said = in_words(tmp_path, "worker", "--once", **given)
    assert said.returncode == 2
    assert "DELIBERATION_ALLOWED_HOSTS" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_server_that_is_not_there_is_not_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["healthcheck", "--url", "http://127.0.0.1:1"]) == 1
    assert "does not answer" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_new_epoch_is_another_one_for_every_stream() -> None:
    given.a_room()
    before = set(Stream.objects.values_list("epoch", flat=True))
    assert main(["epoch", "--renew"]) == 0
    after = list(Stream.objects.values_list("epoch", flat=True))
    assert before.isdisjoint(after)
    assert len(set(after)) == len(after) == 2


@pytest.mark.django_db
def test_someone_of_staff_gets_a_link_to_choose_a_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["staff", "Ans@gemeente.test", "Ans", "--role", "manager"]) == 0
    link = capsys.readouterr().out.split()[-1]
    person = Person.objects.get(email="ans@gemeente.test")
    assert person.is_staff_member
    assert not person.has_usable_password()
    answer = Client().get(link.removeprefix("http://localhost:8000"), follow=True)
    assert answer.status_code == 200
    assert b'type="password"' in answer.content
    assert main(["staff", "ans@gemeente.test", "Ans", "--role", "manager"]) == 1
    assert person.joined_at <= now()
