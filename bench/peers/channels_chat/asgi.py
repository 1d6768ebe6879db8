"""Routing of the plain Channels chat."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.channels_chat.settings")
pages = get_asgi_application()

from .consumers import ChatConsumer  # noqa: E402  Django must be set up first

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": AllowedHostsOriginValidator(
            URLRouter([path("ws/chat/<str:room>/", ChatConsumer.as_asgi())])
        ),
    }
)
