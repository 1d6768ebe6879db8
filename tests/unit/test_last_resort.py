"""Nobody reads the words of a program that broke."""

from typing import Any

import pytest

from deliberation.config.last_resort import excused


async def answers(application: Any, kind: str = "http") -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await excused(application)({"type": kind}, None, send)
    return sent


async def _breaks(scope: Any, receive: Any, send: Any) -> None:
    raise RuntimeError("secret detail")


async def _breaks_midway(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError("secret detail")


async def _works(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})


async def test_a_page_that_breaks_says_sorry_in_two_languages() -> None:
    start, body = await answers(_breaks)
    assert start["status"] == 500
    text = body["body"].decode()
    assert "Het ligt niet aan jou." in text
    assert 'lang="en"' in text
    assert "secret" not in text
    assert dict(start["headers"])[b"content-length"] == str(len(body["body"])).encode()


async def test_what_began_can_only_break_off() -> None:
    with pytest.raises(RuntimeError):
        await answers(_breaks_midway)


async def test_a_socket_breaks_as_it_always_does() -> None:
    with pytest.raises(RuntimeError):
        await answers(_breaks, "websocket")


async def test_what_works_is_left_alone() -> None:
    assert [message["status"] for message in await answers(_works)] == [204]
