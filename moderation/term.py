"""Until when one can ask for another look. Pure."""

from datetime import datetime, timedelta

APPEAL_DAYS = 184  # six months, never shorter than the calendar's


def appeal_ends(decided: datetime) -> datetime:
    """The last moment for an appeal against what was decided then."""
    return decided + timedelta(days=APPEAL_DAYS)
