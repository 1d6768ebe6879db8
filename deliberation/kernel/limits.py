"""How fast is too fast. Pure: time comes in, nothing is looked up."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then one every `seconds`."""

    burst: int
    seconds: float


@dataclass
class Bucket:
    """Tokens of one person or address; times are in seconds of any steady clock."""

    rate: Rate
    tokens: float
    touched: float

    def wait(self, now: float) -> float:
        """Take a token: 0.0, or take none and tell the seconds until there is one."""
        refilled = self.tokens + (now - self.touched) / self.rate.seconds
        self.tokens, self.touched = min(self.rate.burst, refilled), now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) * self.rate.seconds


@dataclass
class Limiter:
    """One bucket a key. What has been full again is forgotten; so is the oldest beyond `most`."""

    rate: Rate
    most: int = 10_000
    _buckets: "OrderedDict[Hashable, Bucket]" = field(default_factory=OrderedDict)

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until `key` may go on; 0.0 takes a token."""
        bucket = self._buckets.pop(key, None) or Bucket(self.rate, self.rate.burst, now)
        self._buckets[key] = bucket
        wait = bucket.wait(now)
        self._forget(now)
        return wait

    def _forget(self, now: float) -> None:
        full_after = self.rate.burst * self.rate.seconds
        while self._buckets:
            oldest = next(iter(self._buckets.values()))
            if len(self._buckets) <= self.most and now - oldest.touched < full_after:
                return
            self._buckets.popitem(last=False)
