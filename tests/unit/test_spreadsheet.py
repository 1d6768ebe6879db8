"""Tables that a spreadsheet opens without carrying anything out."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deliberation.kernel.spreadsheet import cell, table


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://x")', "+31", "-1+1", "@SUM(A1)", "\tx", "  =1", "＝1"]
)
def test_words_that_look_like_a_formula_get_an_apostrophe(words: str) -> None:
    assert cell(words) == f"'{words}"


def test_what_is_no_words_is_written_as_it_is() -> None:
    values = [None, True, -3, date(2026, 5, 1), "Jan, Piet", "Eén = twee"]
    assert [cell(one) for one in values] == ["", "1", "-3", "2026-05-01", "Jan, Piet", "Eén = twee"]


@given(some.lists(some.lists(some.text(), min_size=2, max_size=2), min_size=1))
def test_every_row_can_be_read_back(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO("".join(table(rows)), newline="")))
    assert read == [[cell(one) for one in row] for row in rows]
