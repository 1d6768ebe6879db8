"""`python -m bench.summary.onemore`: what one more message costs an engine that knows the rest.

Reads messages; the last hundred come one at a time, each timed alone. Writes JSON: `p50_ms`,
`p95_ms`, `most_ms` (the slowest) and `agenda_s`, an agenda of all.
"""

import json
import sys
import time
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np

from deliberation.engine.agenda import agenda
from deliberation.engine.shapes import Contribution
from deliberation.engine.update import update

MORE = 100


def main() -> None:
    log = [_contribution(json.loads(line)) for line in sys.stdin]
    state = update(None, log[:-MORE])
    moments = [time.perf_counter()]
    for one in log[-MORE:]:
        state = update(state, [one])
        moments.append(time.perf_counter())
    each = [(after - before) * 1000 for before, after in pairwise(moments)]
    began = time.perf_counter()
    agenda(state)
    p50, p95 = np.percentile(each, (50, 95))
    agenda_s = time.perf_counter() - began
    json.dump(
        {"p50_ms": p50, "p95_ms": p95, "most_ms": max(each), "agenda_s": agenda_s}, sys.stdout
    )


def _contribution(line: dict[str, Any]) -> Contribution:
    names = ("id", "author", "text", "thread", "reply_to", "lang")
    known: dict[str, Any] = {name: line[name] for name in names if name in line}
    return Contribution(at=datetime.fromisoformat(line["time"]).timestamp(), **known)


if __name__ == "__main__":
    main()
