"""Themes set tokens and nothing else, and words can be read in each of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from deliberation.config import environment
from deliberation.config.themes import BUILT_IN, NotATheme, theme
from deliberation.config.themes.contrast import contrast
from deliberation.config.themes.loading import Theme

ROOT = environment.ROOT
STYLES = ROOT / "frontend/src/styles"


def written(folder: Path, **fields: Any) -> str:
    path = folder / "theme.json"
    path.write_text(json.dumps({"name": "Kade", "light": {}, "dark": {}} | fields))
    return str(path)


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_of_ours_is_a_theme_in_which_all_words_can_be_read(name: str) -> None:
    assert isinstance(theme(name), Theme)


def test_there_are_two_to_choose_from() -> None:
    assert len({theme(name).css for name in BUILT_IN}) == len(BUILT_IN) >= 2


def test_contrast_is_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_what_a_theme_leaves_out_is_as_in_ours(tmp_path: Path) -> None:
    own = theme(written(tmp_path, light={"radius": "0.2rem"}))
    assert own.light == theme("linde").light | {"radius": "0.2rem"}
    assert "--basis-radius: 0.2rem;" in own.css


@pytest.mark.parametrize(
    ("light", "said"),
    [
        ({"accent": "red"}, "light: accent can't be 'red'"),
        ({"accent": "#0a6a5b; } body { display: none"}, "light: accent can't be"),
        ({"radius": "url(https://elsewhere.example)"}, "light: radius can't be"),
        ({"accent": 7}, "light: accent can't be 7"),
        ({"font": "#0a6a5b"}, "light: there is no token font"),
        ({"accent": "#ffff00"}, "on-accent on accent has contrast 1.07; it must be at least 4.5"),
        ({"text-quiet": "#aaaaaa"}, "text-quiet on page has contrast"),
    ],
)
def test_what_is_no_theme_is_refused_in_words(
    tmp_path: Path, light: dict[str, Any], said: str
) -> None:
    with pytest.raises(NotATheme) as refused:
        theme(written(tmp_path, light=light))
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "x"}', '{"light": 1, "dark": 2}'])
def test_a_file_that_holds_something_else_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "theme.json"
    path.write_text(text)
    with pytest.raises(NotATheme, match=r"theme\.json can't be read"):
        theme(str(path))


def test_a_theme_that_is_not_there_keeps_the_server_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DELIBERATION_THEME", "roze")
    with pytest.raises(ImproperlyConfigured, match="DELIBERATION_THEME: There is no theme 'roze'"):
        environment.theme()


PLAIN = {"#fff", "#000"}


def test_styles_name_no_colours_but_white_black_and_those_of_avatars() -> None:
    named = {
        path.name: set(re.findall(r"#[0-9a-f]{3,8}\b(?=[^{]*;)", path.read_text()))
        - {"#fff", "#000"}
        for path in STYLES.glob("*.css")
    }
    assert {name for name, colours in named.items() if colours} == {"message.css"}
