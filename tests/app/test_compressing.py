"""Pages come as small as the browser can take them, and are the same then."""

import gzip

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from deliberation.config.compressing import CompressingMiddleware

pytestmark = pytest.mark.django_db
PLAIN = "Een bankje onder de linde. " * 50


def answered(accept: str, body: str = PLAIN, **headers: str) -> HttpResponse:
    asked = RequestFactory().get("/", headers={"accept-encoding": accept} if accept else {})
    layer = CompressingMiddleware(lambda request: HttpResponse(body, headers=headers))
    answer = layer(asked)
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("accept", ["br", "gzip, deflate, br, zstd", "br;q=0.5, gzip;q=1"])
def test_who_takes_brotli_gets_it(accept: str) -> None:
    answer = answered(accept, ETag='"abc"')
    assert answer["Content-Encoding"] == "br"
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["ETag"] == 'W/"abc"'
    assert int(answer["Content-Length"]) == len(answer.content) < len(PLAIN)
    assert brotli.decompress(answer.content).decode() == PLAIN


@pytest.mark.parametrize("accept", ["gzip", "gzip, br;q=0", "br;q=0.0, gzip", "gzip, broom"])
def test_others_get_gzip(accept: str) -> None:
    answer = answered(accept)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == PLAIN


def test_what_is_short_or_pressed_already_stays_as_it_is() -> None:
    assert "Content-Encoding" not in answered("br", "Kort.")
    assert "Content-Encoding" not in answered("")
    assert answered("br", **{"Content-Encoding": "aes128gcm"})["Content-Encoding"] == "aes128gcm"


def test_a_page_comes_as_brotli() -> None:
    page = Client().get("/", headers={"accept-encoding": "br"})
    assert page["Content-Encoding"] == "br"
    assert "</html>" in brotli.decompress(page.content).decode()
