"""Every number that decides something about opinion groups; one set for all rooms."""

from msgspec import Struct


class OpinionParameters(Struct, frozen=True, kw_only=True):
    """Those of Polis where it has them."""

    stances: int = (
        7  # a person with fewer is in no group; fewer do where there are fewer statements
    )
    # What someone did not see counts as its mean, drawn to neutral the more, the fewer people saw
    # it: seen / (seen + caution × people).
    caution: float = 0.14
    bases: int = 100  # small clusters, so that groups cost the same however many people there are
    most: int = 5  # groups
    fewest: int = 10  # people; with a smaller group there are no groups
    named: int = 20  # people in the smallest group from which groups are shown as such
    likely: float = 1.2816  # z; nine out of ten that it is no chance
    shown: int = 5  # statements of a kind
