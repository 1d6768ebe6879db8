"""One database: SQLite in the data folder, or PostgreSQL by address."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .environment import env

STATEMENT_TIMEOUT = 15  # seconds


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's settings for `url`, or for a SQLite file when it is empty."""
    if not url:
        data_dir.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(data_dir / "deliberation.sqlite3"))
    settings: dict[str, Any] = dict(env.db_url_config(url))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return _sqlite(settings["NAME"])
    if settings["ENGINE"] == "django.db.backends.postgresql":
        return settings | _postgresql(settings.get("OPTIONS", {}))
    raise ImproperlyConfigured("DELIBERATION_DATABASE_URL must be a sqlite: or postgres: address.")


def _sqlite(name: str) -> dict[str, Any]:
    """WAL with a full sync at every commit: acknowledged means on disk."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-16000;",
        },
    }


def _postgresql(options: dict[str, Any]) -> dict[str, Any]:
    """psycopg's pool; a statement that hangs gives up, a commit waits for the disk.

    A connection is checked before use, so that nobody notices that PostgreSQL was restarted.
    Statements that come often are prepared once: a connection goes to PostgreSQL itself, not
    through a pooler that shares it between transactions.
    """
    return {
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options
        | {
            # Without the last, the pool doubles its pause for minutes after PostgreSQL is back.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10, "reconnect_timeout": 4},
            "server_side_binding": True,
            "prepare_threshold": 3,
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT * 1000}"
            " -c synchronous_commit=on -c lock_timeout=10000",
        },
    }
