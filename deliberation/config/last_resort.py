"""When even the page that says sorry can't be made: words that need nothing to work."""

from typing import Any

import structlog

from deliberation.live.http import Application

_log = structlog.get_logger(__name__)
PAGE = b"""<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Er ging iets mis bij ons</title>
</head>
<body>
<h1>Er ging iets mis bij ons</h1>
<p>Het ligt niet aan jou. Wat je al had verstuurd, is bewaard.
Probeer het over een minuut opnieuw.</p>
<p><a href="">Probeer opnieuw</a></p>
<hr>
<p lang="en">Something went wrong on our side. What you sent before is safe.
Try again in a minute. <a href="">Try again</a></p>
</body>
</html>
"""


def excused(application: Application) -> Application:
    """The application; where it fails before it answers a page, people read why in plain words."""

    async def excusing(scope: dict[str, Any], receive: Any, send: Any) -> None:
        begun = False

        async def sending(message: dict[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await application(scope, receive, sending)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            _log.error("page.failed", kind=type(error).__name__)
            await _sorry(send)

    return excusing


async def _sorry(send: Any) -> None:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(PAGE)).encode()),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"60"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE})
