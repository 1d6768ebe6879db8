"""Which models there are, by the settings."""

from django.conf import settings

from .client import Endpoint


def wording_model() -> Endpoint | None:
    """What words titles and sentences; None as long as nobody set an address."""
    return _endpoint(settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY)


def embedding_model() -> Endpoint | None:
    """What says how alike messages are; None as long as nobody set an address."""
    return _endpoint(settings.EMBEDDING_URL, settings.EMBEDDING_NAME, settings.EMBEDDING_KEY)


def _endpoint(url: str, model: str, key: str) -> Endpoint | None:
    return Endpoint(url, model, key, float(settings.MODEL_TIMEOUT)) if url else None
