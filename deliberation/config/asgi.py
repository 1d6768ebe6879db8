"""The ASGI application: live rooms, and Django's pages for everything else."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deliberation.config.settings")

from django.core.asgi import get_asgi_application

pages: Any = get_asgi_application()

from deliberation.live.application import HEALTH  # noqa: E402
from deliberation.live.application import application as live_application  # noqa: E402
from deliberation.live.http import Application  # noqa: E402
from deliberation.live.live import Live  # noqa: E402

from .last_resort import excused  # noqa: E402
from .routing import COMMANDS  # noqa: E402
from .watching import watched  # noqa: E402

live = Live(COMMANDS)
application: Application = watched(live, live_application(live, excused(pages)))


async def _elsewhere(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """A page asked of the process that only serves live rooms, or the other way round."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4404})
        return
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"Served by another process."})


live_only: Application = watched(live, live_application(live, _elsewhere))


async def pages_only(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Pages, and the doorbell that they ring; rooms are live elsewhere."""
    elsewhere = scope["path"].startswith("/live/") and scope["path"] != f"/live/{HEALTH}"
    await (_elsewhere if elsewhere else application)(scope, receive, send)
