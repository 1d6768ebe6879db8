"""A language model, when it answers well, badly, slowly, and not at all."""

import json
import socket
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from deliberation.agenda.model import (
    Away,
    Endpoint,
    NotSaid,
    Source,
    Vectors,
    blended,
    embedding_model,
    reworded,
    vectors,
    wording_model,
)
from deliberation.agenda.model.wording import question
from deliberation.agenda.services.sentences import Span, Wanted
from tests.model_server import Asked, model_server

SOURCES = [
    Source(7, "Het is 's avonds te donker in de Beukstraat, zó eng!"),
    Source(9, "De lantaarns in de Beukstraat zijn kapot."),
]
_TITLE = {"text": "Licht in de Beukstraat", "quotes": [{"message": 7, "quote": "te donker in de"}]}
_TOLD = {
    "text": "De lantaarns zijn kapot.",
    "quotes": [
        {"message": 9, "quote": "De lantaarns in de Beukstraat zijn kapot"},
        {"message": 7, "quote": "zó eng!"},
    ],
}
_WHOLE = {"text": "Het is er eng.", "quotes": [{"message": 7, "quote": SOURCES[0].body}]}


def says(document: object) -> Callable[[Asked], None]:
    text = document if isinstance(document, str) else json.dumps(document)
    return lambda asked: asked.answer({"choices": [{"message": {"content": text}}]})


def test_a_sentence_comes_with_the_places_of_the_words_it_rests_on() -> None:
    told = {**_TOLD, "quotes": _TOLD["quotes"][:1]}
    with model_server(says({"title": _TITLE, "summary": [told, _WHOLE]})) as (model, asked):
        found = reworded(model, SOURCES)
    assert found == [
        Wanted((Span(7, 17, 32),), "Licht in de Beukstraat"),
        Wanted((Span(9, 0, 40),), "De lantaarns zijn kapot."),
        Wanted((Span(7, 0, len(SOURCES[0].body)),), "Het is er eng."),
    ]
    assert SOURCES[0].body[17:32] == "te donker in de"
    (one,) = asked
    assert one.path == "/v1/chat/completions"
    assert one.headers["Authorization"] == "Bearer secret"
    assert one.body["model"] == "small"


def test_a_model_is_told_texts_and_numbers_and_nothing_else() -> None:
    given = json.loads(question(SOURCES)["messages"][1]["content"])  # type: ignore[index]
    assert given == [
        {"message": 7, "text": SOURCES[0].body},
        {"message": 9, "text": SOURCES[1].body},
    ]


def title(quotes: object, text: str = "Licht") -> dict[str, object]:
    return {"title": {"text": text, "quotes": quotes}, "summary": [_WHOLE]}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (title([{"message": 7, "quote": "te donker op de Beukstraat"}]), "does not say"),
        (title([{"message": 7, "quote": "zo\u0301 eng! en nog"}]), "does not say"),
        (title([{"message": 7, "quote": "Te donker in de"}]), "does not say"),
        (title([{"message": 8, "quote": "te donker in de"}]), "message 8 does not say"),
        (title([{"message": 7, "quote": "  "}]), "does not say"),
        (title([{"message": 7, "quote": ""}]), "does not say"),
        (title([{"message": 7, "quote": "de"}]), "too little"),
        (title([]), "rests on nothing"),
        (title([{"message": 7, "quote": "te donker in de"}], text=" "), "empty or too long"),
        (title([{"message": 7, "quote": "te donker in de"}], text="x" * 161), "empty or too long"),
        ({"title": _TITLE, "summary": []}, "one to three"),
        ({"title": _TITLE, "summary": [_WHOLE] * 4}, "one to three"),
        ({"title": _TITLE, "summary": [{"text": "Zomaar."}]}, "rests on nothing"),
        ({"title": _TITLE, "summary": [_WHOLE, _TOLD]}, "too little"),
        ({"title": "Licht"}, "not in the form"),
        ("Sure! Here is a title.", "not in the form"),
        ("", "not in the form"),
    ],
)
def test_what_rests_on_what_nobody_said_is_refused_as_a_whole(answer: object, words: str) -> None:
    with model_server(says(answer)) as (model, _), pytest.raises(NotSaid, match=words):
        reworded(model, SOURCES)


@pytest.mark.parametrize("answer", [{}, [], None, {"choices": []}, {"choices": [{"message": {}}]}])
def test_an_answer_of_another_form_is_refused(answer: object) -> None:
    with model_server(lambda asked: asked.answer(answer)) as (model, _), pytest.raises(NotSaid):
        reworded(model, SOURCES)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (lambda asked: asked.answer({}, 500), "answered 500"),
        (lambda asked: asked.answer({}, 401), "answered 401"),
        (lambda asked: asked.answer({}, 302, Location="http://127.0.0.1:9/"), "answered 302"),
        (lambda asked: asked.begin(b"<html>no</html>"), "no JSON"),
        (lambda asked: asked.begin(b"\xff\xfe\xfa"), "no JSON"),
        (lambda asked: asked.begin(b"{", length=99), "no JSON"),
        (lambda asked: asked.begin(b" " * (9 * 1024 * 1024)), "too long"),
        (lambda asked: asked.wfile.write(b"no HTTP\r\n\r\n"), "can't be reached"),
    ],
)
def test_what_answers_wrongly_counts_as_away(answers: Callable[[Asked], None], words: str) -> None:
    with model_server(answers) as (model, _), pytest.raises(Away, match=words):
        reworded(model, SOURCES)


def test_one_that_does_not_answer_is_waited_for_no_longer_than_the_limit() -> None:
    def silent(asked: Asked) -> None:
        asked.stop.wait()

    with model_server(silent, timeout=0.05) as (model, _), pytest.raises(Away, match="longer than"):
        reworded(model, SOURCES)


def test_one_that_drips_is_waited_for_no_longer_than_the_limit() -> None:
    ticks = iter([0.0, 4.0, 8.0, 12.0])

    def drips(asked: Asked) -> None:
        asked.begin(b" ", length=10**9)
        while not asked.stop.is_set():
            asked.wfile.write(b" ")

    with model_server(drips) as (server, _):
        model = Endpoint(server.url, "small", timeout=10.0, steady=lambda: next(ticks, 16.0))
        with pytest.raises(Away, match="10 seconds"):
            reworded(model, SOURCES)


def test_one_that_is_not_there_is_away() -> None:
    with socket.socket() as taken:  # bound and not listening: nobody is there, and nobody comes
        taken.bind(("127.0.0.1", 0))
        model = Endpoint(f"http://127.0.0.1:{taken.getsockname()[1]}/v1", "small")
        with pytest.raises(Away, match="can't be reached"):
            reworded(model, SOURCES)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost/v1", "http://"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(Away, match="must begin with https"):
        reworded(Endpoint(url, "small"), SOURCES)


def test_the_key_is_in_no_error_and_no_log() -> None:
    assert "secret" not in repr(Endpoint("http://localhost/v1", "small", "secret"))


def test_there_is_no_model_until_an_address_is_set(settings: Any) -> None:
    assert (wording_model(), embedding_model()) == (None, None)
    settings.MODEL_URL, settings.MODEL_NAME = "http://model.example/v1", "small"
    assert wording_model() == Endpoint("http://model.example/v1", "small", "", 20.0)
    assert embedding_model() is None


def by_length(asked: Asked) -> None:
    """The vector of a text: its length, and one. In another order than was asked."""
    rows = [
        {"index": n, "embedding": [float(len(text)), 1.0]}
        for n, text in enumerate(asked.body["input"])
    ]
    asked.answer({"data": rows[::-1]})


def test_a_text_is_asked_about_once_and_without_its_id() -> None:
    kept = Vectors()
    with model_server(by_length) as (model, asked):
        first = vectors(model, {"m1": "abc", "m2": "abc", "m3": " "}, kept)
        again = vectors(model, {"m1": "abc", "m4": "abcd"}, kept)
    assert [one.body["input"] for one in asked] == [["abc"], ["abcd"]]
    assert first.keys() == {"m1", "m2"}
    assert first["m1"] == pytest.approx(np.array([3, 1]) / np.sqrt(10), abs=1e-6)
    assert again["m4"] == pytest.approx(np.array([4, 1]) / np.sqrt(17), abs=1e-6)


def test_only_so_many_vectors_are_kept() -> None:
    kept = Vectors(most=2)
    for text in "abc":
        kept.put("small", text, np.ones(1))
        kept.get("small", "a")
    assert [kept.get("small", text) is not None for text in "abc"] == [True, False, True]
    assert kept.get("large", "a") is None


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"data": []},
        {"data": [{"index": 0, "embedding": "no"}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": [float("nan")]}]},
        {"data": [{"embedding": [1.0]}]},
    ],
)
def test_vectors_that_are_none_count_as_away(answer: object) -> None:
    with model_server(lambda asked: asked.answer(answer)) as (model, _), pytest.raises(Away):
        vectors(model, {"m1": "abc"}, Vectors())


def test_likeness_is_the_mean_of_both_by_share() -> None:
    own = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    other = {0: np.array([1.0, 0.0]), 1: np.array([1.0, 0.0])}
    both = blended(own, other, 0.25)
    assert both[0] @ both[1] == pytest.approx(0.25, abs=1e-5)  # not alike by ours, wholly by theirs
    assert both[0] @ both[0] == pytest.approx(1.0, abs=1e-5)
    assert both[2] @ both[2] == pytest.approx(1.0, abs=1e-5)
    assert blended(own, {}, 0.25) == pytest.approx(own)
