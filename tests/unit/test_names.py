"""Names that pass for another are seen through; ordinary names are not."""

import pytest

from deliberation.people import names

STAFF_LIKE = [
    "Gemeente",
    "gemeente",
    "De Gemeente",
    "Gemeente Zeewijk",
    "gemeentewerker",
    "g e m e e n t e",
    "G.e.m.e.e.n.t.e",
    "Gemeeeente",
    "G3m33nt3",
    "Gеmееntе",  # Cyrillic е
    "Ｇｅｍｅｅｎｔｅ",  # full width
    "𝔾𝕖𝕞𝕖𝕖𝕟𝕥𝕖",
    "Ⓖⓔⓜⓔⓔⓝⓣⓔ",
    "🅶🅴🅼🅴🅴🅽🆃🅴",
    "ɢᴇᴍᴇᴇɴᴛᴇ",
    "Gémeënte",
    "Gem€€nte",
    "Gerneente",  # r and n read as m
    "Moderator",
    "M0derat0r",
    "Mоdеrаtоr",
    "Moderatør",
    "moderator-Jan",
    "Wethouder",
    "VVethouder",
    "Ꮃethouder",
    "Wethouder Van Dam",
    "Burgemeester",
    "Raadslid Ans",
    "Ambtenaar Piet",
    "Admin",
    "4dm1n",
    "A d m i n",
    "Αdmin",  # Greek capital
    "Jan (admin)",
    "Helpdesk",
    "Raad",
    "Politie",
    "Wijkagent Tom",
]
ORDINARY = [
    "Fatima",
    "Fatima uit de Kadestraat",
    "Jan de Raad",
    "Badmintonclub De Kade",
    "Staf",
    "Stafford",
    "Modou",
    "Gemma",
    "Bert-Jan van 't Hof",
    "Zoë",
    "Đặng Thị Mai",
    "Иван",
    "Γιώργος",
    "محمد",
    "王小明",
    "José & María",
    "Noor (nr. 12)",
    "Maud",
    "Adminah",
    "Politiek geïnteresseerde",
]


@pytest.mark.parametrize("name", STAFF_LIKE)
def test_a_name_that_reads_like_an_office_is_seen_through(name: str) -> None:
    assert names.poses_as_office(name)


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_passes(name: str) -> None:
    assert not names.poses_as_office(name)
    assert not names.mixes_alphabets(name)
    assert not names.has_odd_signs(name)
    assert names.has_letter(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fatima", "fatima"),
        ("Fatima", "Fаtimа"),
        ("Fatima", "F A T I M A"),
        ("Mieke de Boer", "Boer, Mieke de"),
        ("Mieke de Boer", "MiekedeBoer"),
        ("Olaf", "0laf"),
        ("Ilse", "llse"),
        ("José", "Jose"),
        ("Wim", "VVim"),
    ],
)
def test_two_names_that_read_the_same_are_the_same(one: str, other: str) -> None:
    assert names.same_name(one, other)
    assert names.poses_as(other, [one])


@pytest.mark.parametrize(("one", "other"), [("Fatima", "Fatma"), ("Jan", "Joan"), ("An", "Han")])
def test_two_names_that_read_differently_are_two_names(one: str, other: str) -> None:
    assert not names.same_name(one, other)


@pytest.mark.parametrize("name", ["Fаtima", "Иvan", "Αnna", "Ꮃim"])
def test_one_word_in_two_alphabets_that_look_alike_is_noticed(name: str) -> None:
    assert names.mixes_alphabets(name)


def test_two_words_may_each_have_their_alphabet() -> None:
    assert not names.mixes_alphabets("Иван Petrov")


@pytest.mark.parametrize("name", ["Jan ✓", "Jan ✅", "★Jan★", "Jan🛡", "<b>Jan</b>", "Jan_de"])
def test_signs_that_could_be_a_badge_are_noticed(name: str) -> None:
    assert names.has_odd_signs(name)


def test_a_name_of_digits_or_dashes_has_no_letter() -> None:
    assert not names.has_letter("12-34")
