"""Which strings go in: script attacks of the published classes, and strings that are only odd."""

from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import line, message_text
from tests.fixtures import payloads


def sendable(texts: list[str]) -> list[str]:
    """Those that are not refused as empty or too long."""
    found = []
    for text in texts:
        try:
            message_text(text)
        except Refused:
            continue
        found.append(text)
    return found


ATTACKS = sendable(payloads.attacks())
BODIES = sendable(payloads.everything())
CORE = [text for text in sendable(payloads.core()) if line(text, limit=2000)]
