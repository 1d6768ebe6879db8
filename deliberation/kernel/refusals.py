"""How the software says no: a code for programs and a sentence for people."""

from collections.abc import Mapping


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


class Refused(Exception):
    """A command that is not carried out; nothing of it is stored.

    `text` is an English sentence marked for translation, with `%(name)s` places that
    `values` fill. `retry_after` is in seconds, where trying again makes sense.
    """

    def __init__(
        self,
        code: str,
        text: str,
        *,
        retry_after: float | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.retry_after = retry_after
        self.values = dict(values or {})
