"""What the computer does, in the fields of the Dutch algorithm register (standard 1.0).

The same for the page and for programs. What only a municipality can say, such as whether an
impact assessment was made, is left for it to fill in, and the page says so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from deliberation import __version__
from deliberation.engine import Parameters
from deliberation.kernel import canonical

STANDARD = "1.0"
KNOWN_ERROR = Path(__file__).parent / "data" / "known_error.json"
Paragraphs = tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """`key`: its name in the register."""

    key: str
    name: str
    text: Paragraphs


@dataclass(frozen=True)
class Chosen:
    """A parameter of the engine with what it does."""

    name: str
    value: str
    what: str


def is_on() -> bool:
    return bool(settings.SUMMARY)


def general() -> list[Field]:
    """What it is and whose."""
    status = _("In use") if is_on() else _("Switched off")
    return [
        Field("name", _("Name"), (_("Summary of neighbourhood conversations"),)),
        Field("organization", _("Organisation"), (settings.ORGANISATION or _("the municipality"),)),
        Field(
            "description_short",
            _("Short description"),
            (_("It puts messages together that ask for the same, and counts the people."),),
        ),
        Field("status", _("Status"), (status,)),
        Field("publication_category", _("Kind"), (_("Other algorithms: it decides nothing."),)),
        Field("contact", _("Contact"), (settings.CONTACT or _("Ask at the desk."),)),
    ]


def responsible() -> list[Field]:
    """Why it may be used, and who keeps an eye on it."""
    return [
        Field(
            "goal",
            _("Purpose and impact"),
            (
                _("Residents say a lot. This helps to see what many of them need."),
                _("A need may come on the agenda. The municipality must then answer it."),
                _("It says nothing about one person and decides nothing about anyone."),
            ),
        ),
        Field(
            "proportionality",
            _("Considerations"),
            (
                _("People can't read thousands of messages and compare them fairly."),
                _("A computer misses things: jokes, anger, rare words, other languages."),
                _("So it only suggests, and always shows the messages it used."),
                _("The order is a simple rule. Clicks and heat don't count."),
            ),
        ),
        Field(
            "human_intervention",
            _("Human oversight"),
            (
                _("A community manager looks at every suggestion before it is on the agenda."),
                _("They can change, merge, split or dismiss it, and every step can be undone."),
                _("Residents can say: this is not right, or my point is missing."),
                _("A version is not adopted while an objection has no answer."),
            ),
        ),
        Field(
            "risks",
            _("Risk management"),
            (
                _("A wrong group: every sentence shows its sources, so anyone can check it."),
                _("Small groups unheard: a minority position is shown, whatever most think."),
                _("Who shouts most: people are counted, never messages."),
                _("Secret changes: versions can be checked byte for byte."),
                _("Hidden or erased messages are out of it within seconds."),
            ),
        ),
        Field(
            "lawful_basis",
            _("Legal basis"),
            (
                _("Listening to residents is a public task (article 6, 1e, of the GDPR)."),
                _("The municipality fills in its own rules for taking part here."),
            ),
        ),
        Field(
            "impacttoetsen",
            _("Impact assessments"),
            (_("The municipality says here which ones it made, and where to read them."),),
        ),
    ]


def working() -> list[Field]:
    """With what it works, and how."""
    return [
        Field(
            "source_data",
            _("Data"),
            (
                _("Public messages, who answers whom, the time, and stances."),
                _("No names, no addresses, no data from elsewhere."),
            ),
        ),
        Field("methods_and_models", _("How it works"), steps()),
        Field(
            "provider",
            _("Supplier"),
            (_("Open software under the EUPL 1.2. It runs on the municipality's own server."),),
        ),
        Field("publiccode", _("Source code"), (settings.SOURCE_URL,)),
    ]


def steps() -> Paragraphs:
    """What it does, one thing after the other."""
    return (
        _("It leaves out greetings, thanks, jokes and talk about meeting up."),
        _("It looks at the words of each message, their stems and pieces."),
        _("It knows which words belong together, such as “pavement” and “kerb”."),
        _("Messages that are much alike come in one group. An answer goes with its question."),
        _("A group of at least three people becomes a suggestion."),
        _("It takes the clearest sentence as a title. It never makes up words."),
        _("It counts people: who says it, who agrees, who disagrees."),
        _("It learns nothing from other neighbourhoods and asks nothing of the internet."),
        _("The same messages always give the same result."),
    )


def parameters() -> list[Chosen]:
    """Every number that decides something, with what it does."""
    found, words = Parameters(), _parameter_words()
    return [
        Chosen(name, str(canonical.plain(getattr(found, name))), words.get(name, ""))
        for name in found.__struct_fields__
        if name != "version"
    ]


def _parameter_words() -> Mapping[str, str]:
    return {
        "subject": _("How much a subject counts, such as “playground”."),
        "theme": _("How much a theme counts, such as “traffic”."),
        "words": _("How much whole words count."),
        "pieces": _("How much pieces of words count."),
        "pairs": _("How much two words next to each other count."),
        "subjects": _("How much a subject from our list counts."),
        "threads": _("How much the place in the conversation counts."),
        "lenders": _("From so many similar messages a message borrows words."),
        "company": _("How much it counts which words often stand together."),
        "resolution": _("The higher, the smaller the groups."),
        "together": _("So much more alike messages of one need must be."),
        "enough": _("With fewer messages it looks at fewer neighbours."),
        "newcomer": _("A new message that fits less well waits for the next look."),
        "later": _("The same, for a very long conversation."),
        "work": _("So much work it may spend on each message."),
        "neighbours": _("It compares a message with so many that are most alike."),
        "borrowed": _("How much borrowed words count."),
        "rounds": _("So often it borrows."),
        "kept": _("So many words of a message it keeps at most."),
        "dimensions": _("In so many numbers it sums up a message."),
        "alike": _("From here on messages are alike enough for one group."),
        "typical": _("A message that fits less well stays out."),
        "loyal": _("Only a need that fits this much better takes a message away."),
        "fewest": _("So many messages and people make a need."),
        "first_fit": _("After so many messages it first looks at everything."),
        "growth": _("It looks again each time there are this many times more."),
        "sample": _("So many messages it looks at together at most."),
        "same": _("Sentences that share this much count as one."),
        "sentences": _("So many sentences a summary has at most."),
        "minority": _("From so many people on, a minority position is shown."),
        "trend_days": _("Over so many days a trend is measured."),
    }


@cache
def known_error() -> Mapping[str, Any]:
    """What was measured on published data, by `make bench-summary`."""
    found: Mapping[str, Any] = json.loads(KNOWN_ERROR.read_text())
    return found


def as_data(address: str, language: str) -> dict[str, Any]:
    """For programs: the fields of the register, and more of our own."""
    fields = [*general(), *responsible(), *working()]
    return {
        "standard_version": STANDARD,
        "lang": language,
        "url": address,
        "version": f"{__version__} / {Parameters().version}",
        "on": is_on(),
        **{field.key: "\n".join(field.text) for field in fields},
        "parameters": {one.name: {"value": one.value, "what": one.what} for one in parameters()},
        "known_error": known_error(),
    }
