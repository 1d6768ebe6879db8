"""The least that Channels and Daphne need."""

SECRET_KEY = "only ever serves a benchmark on the loopback address"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["daphne", "channels"]
ROOT_URLCONF = "bench.peers.channels_chat.pages"
ASGI_APPLICATION = "bench.peers.channels_chat.asgi.application"
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
USE_TZ = True
