"""Icons: only those that are used are built in, and a template can't ask for another."""

import re
from pathlib import Path

import pytest

from deliberation.config.environment import ROOT
from deliberation.people.templatetags.icons import icon

TREES = ("deliberation", "rooms", "moderation")
_ASKED = re.compile(r'{% icon "(\w+)"')


def _templates() -> list[Path]:
    return [path for tree in TREES for path in (ROOT / tree).rglob("templates/**/*.html")]


def _built_in() -> set[str]:
    used = (ROOT / "frontend/src/icons/used.ts").read_text()
    return set(re.findall(r" as (\w+),", used))


def test_every_icon_that_is_built_in_is_used_and_the_other_way_round() -> None:
    asked = {name for path in _templates() for name in _ASKED.findall(path.read_text())}
    assert asked == _built_in()


@pytest.mark.parametrize("name", sorted(_built_in()))
def test_an_icon_draws_and_says_nothing(name: str) -> None:
    drawn = icon(name)
    assert drawn.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><')
    assert " d=" in drawn


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")
