"""`deliberation summarise`: messages on standard input, an agenda on standard output."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

import msgspec
from tqdm import tqdm

from deliberation.engine import agenda, update
from deliberation.engine.agenda import NO_OPINIONS
from deliberation.engine.lines import BadLine, Line, read, written
from deliberation.engine.shapes import Opinions, Votes
from deliberation.engine.state import State

_AT_ONCE = 500  # lines between two moves of the progress bar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("nl", "en", "auto"), default="auto")
    parser.add_argument("--explain", action="store_true", help="say what every number is made of")
    parser.add_argument("--strict", action="store_true", help="stop at the first bad line")


def run(arguments: argparse.Namespace) -> int:
    """0; 1 when lines were left out; 2 when it stopped at one (--strict)."""
    state, votes, problems = State(), {}, Counter[str]()
    with tqdm(unit="line", disable=None, file=sys.stderr) as bar:
        for lines in _batches(_lines(arguments, problems)):
            for line in lines:
                votes[line.contribution.id] = line.votes
            state = update(state, [line.contribution for line in lines])
            bar.update(len(lines))
            if arguments.strict and problems:
                break
    if arguments.strict and problems:
        return 2
    opinions, made_of = _opinions(votes)
    document = written(agenda(state, votes, opinions), state, explained=arguments.explain)
    if arguments.explain:
        document["opinions"]["explain"] = made_of
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document)) + b"\n")
    return 1 if problems else 0


def _opinions(votes: Votes) -> tuple[Opinions, dict[str, object]]:
    """The groups, and what they were made of. scikit-learn takes longer to come than a thousand
    messages take to read, so it is not called where nobody took a stance."""
    if not any(votes.values()):
        return NO_OPINIONS, {}
    groups = import_module("deliberation.engine.opinions")
    made = groups.found(votes)
    return groups.shown(made), groups.explained(made)


def _lines(arguments: argparse.Namespace, problems: Counter[str]) -> Iterator[Line]:
    """Every line that can be read; the others are told on standard error with their number."""
    seen: set[str] = set()
    for number, text in enumerate(sys.stdin.buffer, start=1):
        if not text.strip():
            continue
        try:
            line = _new(read(text, lang=arguments.lang), seen)
        except BadLine as problem:
            problems["bad"] += 1
            tqdm.write(f"Line {number} is left out: {problem}.", file=sys.stderr)
            if arguments.strict:
                return
        else:
            yield line


def _new(line: Line, seen: set[str]) -> Line:
    if line.contribution.id in seen:
        raise BadLine(f"id {line.contribution.id!r} was there before")
    seen.add(line.contribution.id)
    return line


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    yield batch
