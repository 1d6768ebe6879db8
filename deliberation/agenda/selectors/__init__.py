"""Reads for screens."""

from .views import need_views, needs_by_id, needs_since

__all__ = ["need_views", "needs_by_id", "needs_since"]
