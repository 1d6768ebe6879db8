"""The measures of the summary bench, on examples small enough to work out by hand."""

import pytest

from bench.summary import scoring, wording

LABELS = {"a": "bus", "b": "bus", "c": "bus", "d": "light", "e": "light"}
TEXTS = {
    "a": "The bus is late again",
    "b": "No bus on Sunday",
    "c": "Lamps are broken",
    "d": "It is dark without lamps",
}


def test_the_right_needs_score_full_marks() -> None:
    needs = [["a", "b", "c"], ["d", "e"]]
    assert scoring.b_cubed(needs, LABELS) == 1
    assert scoring.yield_at_k(needs, LABELS) == 1
    assert scoring.recall_at_k(needs, LABELS) == 1


def test_b_cubed_of_everything_in_one_need() -> None:
    # Precision: three with 3/5, two with 2/5 = 13/25. Recall 1. F1 = 2 × .52 / 1.52.
    assert scoring.b_cubed([list("abcde")], LABELS) == pytest.approx(1.04 / 1.52)


def test_b_cubed_counts_a_message_without_need_as_alone() -> None:
    # Precision 1. Recall: a, b 2/3; c 1/3; d, e 1/2 = (4/3 + 1/3 + 1) / 5 = 8/15.
    recall = 8 / 15
    assert scoring.b_cubed([["a", "b"], ["d"]], LABELS) == pytest.approx(2 * recall / (1 + recall))


def test_b_cubed_looks_at_labelled_messages_only() -> None:
    assert scoring.b_cubed([["a", "b", "c", "x", "y"], ["d", "e"]], LABELS) == 1


def test_yield_counts_the_majority_of_the_first_needs_only() -> None:
    # Two labels, so the first two needs: 2 of [a b d], 1 of [c e] (exactly half) = 3 of 5.
    assert scoring.yield_at_k([["a", "b", "d"], ["c", "e"]], LABELS) == pytest.approx(3 / 5)
    assert scoring.yield_at_k([["a"], ["d"], ["b", "c"]], LABELS) == pytest.approx(2 / 5)


def test_off_topic_lines_make_a_need_impure() -> None:
    needs = [["a", "b", "x", "y", "z"], ["d", "e"]]
    assert scoring.yield_at_k(needs, LABELS, noise=["x", "y", "z"]) == pytest.approx(2 / 5)
    assert scoring.recall_at_k(needs, LABELS, noise=["x", "y", "z"]) == pytest.approx(1 / 2)
    # With two of them the first need is pure again, just: 2 of 4.
    assert scoring.yield_at_k(needs, LABELS, noise=["x", "y"]) == pytest.approx(4 / 5)


def test_a_label_that_is_found_twice_counts_once() -> None:
    assert scoring.recall_at_k([["a", "b"], ["c"]], LABELS) == pytest.approx(1 / 2)


def test_a_message_in_two_needs_belongs_to_the_first() -> None:
    assert scoring.homes([["a"], ["a", "b"]]) == {"a": 0, "b": 1}


def test_the_share_inside_needs_no_clean_list() -> None:
    assert scoring.share_inside([["a"], ["x"]], ["x", "y", "z", "w"]) == pytest.approx(1 / 4)
    assert scoring.share_inside([["a"]], []) is None


def test_the_same_agenda_in_another_order_agrees_fully() -> None:
    assert scoring.adjusted_rand([["a", "b"], ["c", "d"]], [["c", "d"], ["a", "b"]], "abcd") == 1


def test_agreement_of_two_agendas_by_hand() -> None:
    # Pairs together: before {ab, cd}, after {ab}; both 1. Expected 2 × 1 / 6 = 1/3; most 3/2.
    found = scoring.adjusted_rand([["a", "b"], ["c", "d"]], [["a", "b"]], "abcd")
    assert found == pytest.approx((1 - 1 / 3) / (3 / 2 - 1 / 3))


def test_new_messages_do_not_disturb_agreement() -> None:
    assert scoring.adjusted_rand([["a", "b"]], [["a", "b", "new"], ["newer"]], "abc") == 1


def test_only_the_first_needs_have_to_be_kept() -> None:
    assert scoring.kept(["1", "2", "3"], {"1", "3", "9"}, first=2) == pytest.approx(1 / 2)
    assert scoring.kept([], set()) == 1


def test_a_title_leads_back_when_its_hits_are_in_its_need() -> None:
    assert wording.titles_lead_back(["bus"], [["a", "b"]], TEXTS) == 1
    # Two needs: "bus" finds a and b, both wrong; "lamps" finds c and d, both right.
    found = wording.titles_lead_back(["bus", "lamps"], [["c", "d"], ["c", "d"]], TEXTS)
    assert found == pytest.approx(1 / 2)


def test_a_title_that_finds_nothing_does_not_lead_back() -> None:
    assert wording.titles_lead_back(["zebra"], [["a"]], TEXTS) == 0
    assert wording.titles_lead_back([], [], TEXTS) is None


def _sentence(text: str, *spans: tuple[str, int, int]) -> dict[str, object]:
    return {
        "text": text,
        "citations": [dict(zip(("message", "start", "end"), span, strict=True)) for span in spans],
    }


def test_a_quoted_sentence_is_exact() -> None:
    found = wording.sources([_sentence("bus is late", ("a", 4, 15))], TEXTS)
    assert found == wording.Sources(citations=1, exact=1, sentences=1, nobody=0)


def test_a_stitched_sentence_may_add_marks_but_no_words() -> None:
    spans = (("a", 4, 15), ("b", 0, 6))
    assert wording.sources([_sentence("bus is late … No bus.", *spans)], TEXTS).nobody == 0
    assert wording.sources([_sentence("bus is late and No bus", *spans)], TEXTS).nobody == 1


@pytest.mark.parametrize("span", [("a", 0, 99), ("a", 5, 15), ("gone", 0, 3), ("a", -3, 15)])
def test_a_citation_that_is_off_by_one_or_elsewhere_is_found_out(
    span: tuple[str, int, int],
) -> None:
    found = wording.sources([_sentence("The bus", span)], TEXTS)
    assert (found.exact, found.nobody) == (0, 1)


def test_a_sentence_without_citation_has_words_of_nobody() -> None:
    found = wording.sources([_sentence("We want a tram")], TEXTS)
    assert found.share_nobody == 1
    assert found.share_exact is None
