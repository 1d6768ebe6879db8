"""How someone wants to see the site, kept in one cookie that a reader asks for.

The cookie holds one word per choice, in the order of `CHOICES`: "larger.simple.me.ask.off".
"""

from dataclasses import asdict, dataclass, fields

COOKIE = "display"
CHOICES = {
    "text": ("normal", "large", "larger"),
    "view": ("full", "simple"),
    "announce": ("all", "summary", "me", "off"),
    "live": ("always", "ask"),
    "nudge": ("on", "off"),
}
AGE = 365 * 24 * 3600  # seconds


@dataclass(frozen=True)
class Display:
    """The first of each choice is what everyone starts with."""

    text: str = CHOICES["text"][0]
    view: str = CHOICES["view"][0]
    announce: str = CHOICES["announce"][0]
    live: str = CHOICES["live"][0]
    nudge: str = CHOICES["nudge"][0]

    @classmethod
    def kept(cls, cookie: str | None) -> "Display":
        """As the cookie says; what it says wrongly is as for everyone."""
        names = [field.name for field in fields(cls)]
        said = dict(zip(names, (cookie or "").split("."), strict=False))
        return cls(**{name: word for name, word in said.items() if word in CHOICES[name]})

    def cookie(self) -> str:
        return ".".join(asdict(self).values())
