"""`deliberation agenda`: what anyone may take along of an agenda, and whether it still holds."""

import argparse
import sys
from pathlib import Path

from deliberation.agenda.models import Need, Response
from deliberation.agenda.opendata import verifying
from deliberation.agenda.opendata.archive import zipped
from deliberation.agenda.opendata.files import files
from deliberation.agenda.opendata.material import BadExport, Material, of_database, of_folder
from deliberation.agenda.opendata.verifying import Verdict, verify
from deliberation.engine.lines import BadLine
from deliberation.kernel.clock import now
from deliberation.kernel.refusals import Refused
from deliberation.people.words import sentence
from rooms.models import Neighbourhood

_CITATIONS = {
    verifying.OK: "say what they said",
    verifying.CHANGED: "changed afterwards",
    verifying.GONE: "gone (hidden, taken back or erased)",
    verifying.WRONG: "cite words that were never there",
}
_ROOMS = {
    verifying.SAME: "summarised again: the same",
    verifying.DIFFERS: "summarised again: something else came out of the same messages",
    verifying.SOURCES: "messages changed since, so the summary can't be compared",
    verifying.ENGINE: "another version of the summary was used, so it can't be compared",
    verifying.UNKNOWN: "too large to be summarised when this was adopted",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="export|verify")
    export = acts.add_parser("export", help="messages, versions and figures as open data")
    export.add_argument("target", metavar="DIR|-", help="a new folder; - writes a zip archive")
    export.add_argument("--neighbourhood", required=True, metavar="SLUG")
    export.add_argument("--version", type=int, metavar="N", help="as far as this version went")
    check = acts.add_parser("verify", help="whether versions, citations and summary still hold")
    check.add_argument("kenmerk", nargs="?", default="", help="of a need, or of an answer")
    check.add_argument("--neighbourhood", default="", metavar="SLUG")
    check.add_argument("--version", type=int, metavar="N", help="instead of the last one")
    check.add_argument("--export", type=Path, metavar="DIR", help="an export; no database is read")


def run(arguments: argparse.Namespace) -> int:
    """0; for verify 1 when something does not hold; 2 when it can't be done."""
    try:
        return _export(arguments) if arguments.act == "export" else _verify(arguments)
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
    except (BadExport, BadLine) as error:
        print(f"This can't be verified: {error}.", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename} can't be written ({error.strerror}).", file=sys.stderr)
    return 2


def _export(arguments: argparse.Namespace) -> int:
    place = Neighbourhood.objects.filter(slug=arguments.neighbourhood).first()
    if place is None:
        return _no_neighbourhood(arguments.neighbourhood)
    at = now()
    found = files(place, at=at, version=arguments.version)
    if arguments.target == "-":
        for piece in zipped(found, at=at):
            sys.stdout.buffer.write(piece)
        return 0
    folder = Path(arguments.target)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder} is not empty. Choose a new folder.", file=sys.stderr)
        return 2
    for name, pieces in found:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    print(f"Written to {folder}. Verify it with: deliberation agenda verify --export {folder}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    if not (arguments.kenmerk or arguments.neighbourhood or arguments.export):
        print("Say what to verify: a kenmerk, --neighbourhood or --export.", file=sys.stderr)
        return 2
    material = of_folder(arguments.export) if arguments.export else _of_database(arguments)
    if material is None:
        return _no_neighbourhood(arguments.neighbourhood or arguments.kenmerk)
    found = verify(material, version=arguments.version, kenmerk=arguments.kenmerk)
    if found.version is None and not found.flaw:
        print(_nothing(arguments, material), file=sys.stderr)
        return 2
    print(told(found, material))
    return 0 if found.holds else 1


def _of_database(arguments: argparse.Namespace) -> Material | None:
    if arguments.neighbourhood:
        place = Neighbourhood.objects.filter(slug=arguments.neighbourhood).first()
    else:
        answer = Response.objects.filter(kenmerk=arguments.kenmerk).first()
        by = {"pk": answer.need_id} if answer else {"kenmerk": arguments.kenmerk}
        need = Need.objects.filter(**by).select_related("neighbourhood").first()
        place = need.neighbourhood if need else None
    return of_database(place) if place else None


def _nothing(arguments: argparse.Namespace, material: Material) -> str:
    if arguments.version is not None:
        return f"There is no version {arguments.version} of the agenda of this neighbourhood."
    if arguments.kenmerk:
        return f"{arguments.kenmerk} is in no version that was adopted."
    return f"No version of the agenda of {material.neighbourhood} was adopted yet."


def _no_neighbourhood(asked: str) -> int:
    print(f"There is no neighbourhood or need {asked!r}. Check the spelling.", file=sys.stderr)
    return 2


def told(found: Verdict, material: Material) -> str:
    """The verdict, line by line."""
    lines = [f"{found.versions} versions of the agenda of {material.neighbourhood}."]
    if found.flaw:
        lines.append(f"NOT AS ADOPTED: version {found.flaw.number}, {found.flaw.place}.")
    else:
        last = material.links[-1]
        lines.append(f"As adopted, byte for byte. Hash of version {last.number}: {last.hash}")
    if found.version is not None:
        lines.append(f"Version {found.version}:")
        counts = found.counted()
        lines += [
            f"  {counts[state]} citations {text}"
            for state, text in _CITATIONS.items()
            if counts[state]
        ]
        lines += [
            f"  {one.kenmerk}, sentence {one.place}, message {one.message}: {_CITATIONS[one.state]}"
            for one in found.citations
            if one.state != verifying.OK
        ]
        lines += [f"  room {one.room}: {_ROOMS[one.state]}" for one in found.rooms]
    lines.append("It holds." if found.holds else "It does NOT hold.")
    return "\n".join(lines)
