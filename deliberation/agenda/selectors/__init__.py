"""Reads for screens."""

from .views import need_views, needs_by_id

__all__ = ["need_views", "needs_by_id"]
