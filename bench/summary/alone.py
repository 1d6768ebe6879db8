"""`python -m bench.summary.alone LANG`: TF-IDF + k-means as a process of its own.

Messages in, needs out, as `deliberation summarise` does, so that both are weighed the same.
"""

import json
import sys

from .baselines import kmeans


def main() -> None:
    messages = [json.loads(line) for line in sys.stdin]
    found = kmeans(messages, sys.argv[1])
    needs = zip(found.titles, found.needs, strict=True)
    json.dump([{"title": title, "messages": need} for title, need in needs], sys.stdout)


if __name__ == "__main__":
    main()
