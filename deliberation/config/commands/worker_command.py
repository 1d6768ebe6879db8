"""`deliberation worker`: what has to happen by itself."""

import argparse

from deliberation.agenda.follow import agenda_follow
from deliberation.agenda.model import Proposer
from deliberation.config.beside import follow_beside
from deliberation.config.following import start_following
from deliberation.config.housekeeping import tidy, tidy_forever
from deliberation.config.ringing import ring_for_others
from deliberation.kernel.clock import now
from moderation.watching import watches_follow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="one round, then stop")
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    if arguments.beside:
        follow_beside()
    elif arguments.once:
        tidy()
        watches_follow(at=now())
        agenda_follow(at=now())
        Proposer().round(at=now())
    else:
        ring_for_others()
        start_following()
        tidy_forever()
    return 0
