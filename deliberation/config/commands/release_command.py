"""`deliberation release`: migrate, compile translations, collect files, check settings."""

import argparse
import sys
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from deliberation.config.translations import compile_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="only say what is wrong")


def run(arguments: argparse.Namespace) -> int:
    verbosity = 0 if arguments.quiet else 1
    compile_all()
    try:
        said = StringIO() if arguments.quiet else None
        call_command("check", deploy=settings.PRODUCTION, fail_level="ERROR", stdout=said)
    except SystemCheckError as error:
        print(error, file=sys.stderr)
        return 1
    call_command("migrate", verbosity=verbosity, interactive=False)
    if settings.PRODUCTION:
        call_command("collectstatic", verbosity=verbosity, interactive=False)
    return 0
