"""The measures. Pure: needs as lists of message ids in the published order, labels by id."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean

from sklearn.metrics import adjusted_rand_score

Needs = Sequence[Collection[str]]
Labels = Mapping[str, str]
_PURE = 0.5


def homes(needs: Needs) -> dict[str, int]:
    """Message → place of its need in the list; the first where it is in several."""
    found: dict[str, int] = {}
    for place, need in enumerate(needs):
        for message in need:
            found.setdefault(message, place)
    return found


def filed(needs: Needs, messages: Iterable[str]) -> dict[str, str]:
    """Message → a name for its need; a message in no need is alone under a name of its own."""
    home = homes(needs)
    return {
        one: f"need {home[one]}" if one in home else f"alone {one}"
        for one in dict.fromkeys(messages)
    }


def b_cubed(needs: Needs, labels: Labels) -> float:
    """F1 of mean precision and mean recall over the labelled messages, 0 … 1."""
    placed = filed(needs, labels)
    both = Counter((placed[one], labels[one]) for one in labels)
    need, label = Counter(placed.values()), Counter(labels.values())
    precision = fmean(both[placed[one], labels[one]] / need[placed[one]] for one in labels)
    recall = fmean(both[placed[one], labels[one]] / label[labels[one]] for one in labels)
    return 2 * precision * recall / (precision + recall)


def _pure(needs: Needs, labels: Labels, noise: Collection[str]) -> list[tuple[str, int]]:
    """Label and count of the majority, for those of the first K needs where it is at least half.

    K: the number of labels. Off-topic lines spoil a need; unjudged messages do neither.
    """
    home, off, found = homes(needs), set(noise), []
    for place in range(min(len(needs), len(set(labels.values())))):
        own = [one for one in dict.fromkeys(needs[place]) if home[one] == place]
        inside = Counter(labels[one] for one in own if one in labels)
        if not inside:
            continue
        label, count = inside.most_common(1)[0]
        if count >= _PURE * (inside.total() + sum(one in off for one in own)):
            found.append((label, count))
    return found


def yield_at_k(needs: Needs, labels: Labels, noise: Collection[str] = ()) -> float:
    """Share of the labelled messages that sit correctly in a pure need among the first K."""
    return sum(count for _, count in _pure(needs, labels, noise)) / len(labels)


def recall_at_k(needs: Needs, labels: Labels, noise: Collection[str] = ()) -> float:
    """Share of the labels that have a pure need among the first K."""
    return len({label for label, _ in _pure(needs, labels, noise)}) / len(set(labels.values()))


def share_inside(needs: Needs, messages: Collection[str]) -> float | None:
    """Share of `messages` that are part of a need; None without messages."""
    home = homes(needs)
    return fmean(one in home for one in messages) if messages else None


def adjusted_rand(before: Needs, after: Needs, messages: Collection[str]) -> float:
    """Agreement of two agendas on `messages` (those that both were made of), at most 1."""
    one, other = filed(before, messages), filed(after, messages)
    return float(adjusted_rand_score([*one.values()], [*other.values()]))


def kept(before: Sequence[str], after: Collection[str], first: int = 10) -> float:
    """Share of the `first` needs of an agenda, by id, that are in the next one."""
    top = before[:first]
    return fmean(one in after for one in top) if top else 1.0
