"""One question to an OpenAI-compatible endpoint, with an end to waiting."""

import http.client
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

_MOST = 8 * 1024 * 1024  # bytes of an answer
_PIECE = 64 * 1024
_SCHEMES = ("http", "https")


class Away(Exception):
    """No answer that can be read; its words say why, without the key or anyone's words."""


@dataclass(frozen=True)
class Endpoint:
    """`url`: up to and with `/v1`; `timeout`: seconds for a whole question and answer."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 20.0
    steady: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)


def ask(endpoint: Endpoint, path: str, question: Mapping[str, object]) -> Any:
    """The JSON that is answered. Raises Away. Follows no redirect: the key is for one host."""
    until = endpoint.steady() + endpoint.timeout
    body = json.dumps({"model": endpoint.model, **question}).encode()
    connection = _connection(endpoint)
    try:
        connection.request("POST", _path(endpoint, path), body, _headers(endpoint))
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise Away(f"it answered {answer.status}")
        return json.loads(_read(connection, answer, until, endpoint.steady))
    except TimeoutError as slow:
        raise Away(f"it took longer than {endpoint.timeout:g} seconds") from slow
    except (OSError, http.client.HTTPException) as error:
        raise Away(f"it can't be reached ({type(error).__name__})") from error
    except ValueError as error:
        raise Away("its answer is no JSON") from error
    finally:
        connection.close()


def _connection(endpoint: Endpoint) -> HTTPConnection:
    parts = urlsplit(endpoint.url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise Away("its address must begin with https:// or http://")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.hostname, parts.port, timeout=endpoint.timeout)


def _path(endpoint: Endpoint, path: str) -> str:
    return urlsplit(endpoint.url).path.rstrip("/") + path


def _headers(endpoint: Endpoint) -> dict[str, str]:
    key = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    return {"Content-Type": "application/json", "Accept": "application/json", **key}


def _read(
    connection: HTTPConnection, answer: HTTPResponse, until: float, steady: Callable[[], float]
) -> bytes:
    """A piece at a time: an answer that drips must end as well."""
    found = b""
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > _MOST:
            raise Away("its answer is too long")
        left = until - steady()
        if left <= 0:
            raise TimeoutError
        if connection.sock:
            connection.sock.settimeout(left)
    return found
