"""Structured logs: what happened and how long it took, never who or what they wrote."""

import logging
import sys
from typing import Any

import structlog

_DRAWING = ("weasyprint.progress", "fontTools")


def configure(config: dict[str, Any]) -> None:
    """Set up structlog and the standard library's loggers alike."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: Any = (
        structlog.processors.JSONRenderer()
        if config["format"] == "json"
        # The plain form: a traceback that shows local variables would show what people wrote.
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    shown: list[Any] = [structlog.processors.format_exc_info] if config["format"] == "json" else []
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *shown,
                final,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=config["level"], force=True)
    for noisy in (
        "daphne",
        "django.channels",
        "asyncio",
        "httpx",
        "weasyprint.progress",
        "fontTools",
    ):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It names the address of each page that is not there: also a link from a mail that is over.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    # It reports each second that Redis is away; `doorbell.not_heard` says so once.
    logging.getLogger("channels_redis").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
