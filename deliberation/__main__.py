"""The command line: `deliberation COMMAND`, or `python -m deliberation COMMAND`."""

import argparse
import os
import sys
from importlib import import_module
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

BARE = {"summarise"}  # these need no settings and no database: they start at once
COMMANDS = {
    "serve": "serve pages and live rooms",
    "worker": "do what has to happen by itself (a process of its own in the full form)",
    "release": "bring the database up to date and check the settings, before a new version runs",
    "demo": "load a demonstration neighbourhood, and serve it with --serve",
    "full": "run the full form on this machine's own PostgreSQL and Redis",
    "import": "load a conversation from files into a room",
    "replay": "play a conversation live through a running server",
    "summarise": "make an agenda of needs from messages, a JSON object a line",
    "agenda": "export an agenda as open data, or verify one",
    "ledger": "verify the record of every decision of moderation",
    "transparency": "write decisions of a period for the transparency database of the EU",
    "healthcheck": "ask a running server whether it is well",
    "staff": "add someone who works for the municipality",
    "vapid": "show the keys of Web Push, or make new ones",
    "epoch": "tell every screen that a backup was restored",
    "bench": "make residents for a load generator",
    "protocol": "write or check the generated description of the wire",
    "messages": "compile the translations",
    "migrations": "check that every change of a model has its migration",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns its exit code; 2 for words that make no sense."""
    given = sys.argv[1:] if arguments is None else arguments
    name = given[0] if given else ""
    if name not in COMMANDS:
        return _overview(name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deliberation.config.settings")
    try:
        _prepare(name)
        command = import_module(f"deliberation.config.commands.{name}_command")
        return _run(command, name, given[1:])
    except ImproperlyConfigured as error:
        return _failed(f"The settings are not right. {error}")
    except DatabaseError as error:
        return _failed(
            f"The database can't do this ({str(error).strip()}).\n"
            "Check that it runs and can be written to, and bring it up to date with: "
            "deliberation release"
        )
    except KeyboardInterrupt:
        return _failed("Stopped.", code=130)


def _failed(words: str, *, code: int = 2) -> int:
    print(words, file=sys.stderr)  # noqa: T201
    return code


def _run(command: ModuleType, name: str, given: list[str]) -> int:
    parser = argparse.ArgumentParser(f"deliberation {name}", description=COMMANDS[name])
    command.add_arguments(parser)
    result: int = command.run(parser.parse_args(given))
    return result


def _prepare(name: str) -> None:
    """Settings are read once, so what a command needs of them is said before."""
    if name in BARE:
        return
    if name in ("demo", "full"):
        os.environ.setdefault("DELIBERATION_DEMO", "1")
    if name == "serve":
        # Daphne chooses Twisted's reactor on import; nothing may use Twisted before.
        import_module("deliberation.live.daphne")
    django.setup()


def _overview(name: str) -> int:
    wide = max(map(len, COMMANDS)) + 2
    lines = [f"  {command:<{wide}}{text}" for command, text in COMMANDS.items()]
    print("deliberation COMMAND [--help]\n", *lines, sep="\n")  # noqa: T201
    if name in ("", "-h", "--help"):
        return 0
    print(f"\nThere is no command {name!r}.", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main())
