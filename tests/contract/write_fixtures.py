"""Writes tests/fixtures/fold/*.json: python -m tests.contract.write_fixtures

The same stories are told to Python's fold and to TypeScript's.
"""

# ruff: noqa: E402
import django

from tests import conftest

django.setup()

from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from .fold_cases import STORIES, cases, text

FOLDER = Path(__file__).parents[1] / "fixtures" / "fold"


def fresh_files() -> dict[str, str]:
    """What each file must hold. Each story starts from rooms of its own."""
    found = {}
    for story in STORIES:
        with transaction.atomic():
            found |= {f"{case.name}.json": text(case) for case in cases(story)}
            transaction.set_rollback(True)
    return found


def main() -> None:
    call_command("migrate", verbosity=0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = fresh_files()
    for old in FOLDER.glob("*.json"):
        if old.name not in files:
            old.unlink()
    for name, content in files.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    conftest.pytest_unconfigure()


if __name__ == "__main__":
    main()
