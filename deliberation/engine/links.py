"""What people decided about exchanges: that two belong in one group, or apart."""

from dataclasses import dataclass, field


@dataclass
class Links:
    """By exchange. `pinned`: the id of the group it was put in; looks leave it alone."""

    together: dict[int, set[int]] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)
    pinned: dict[int, int] = field(default_factory=dict)

    def decide(self, one: int, other: int, *, together: bool) -> None:
        """The latest word about two exchanges holds."""
        holds, fails = (self.together, self.apart) if together else (self.apart, self.together)
        for first, second in ((one, other), (other, one)):
            holds.setdefault(first, set()).add(second)
            fails.get(first, set()).discard(second)

    def joined(self, root: int) -> list[int]:
        """All that belong in one group with it, itself first."""
        found, todo = {root}, [root]
        while todo:
            fresh = self.together.get(todo.pop(), set()) - found
            found |= fresh
            todo += sorted(fresh)
        return [root, *sorted(found - {root})]

    def kept_apart(self, roots: list[int]) -> set[int]:
        """All that may not be in one group with them."""
        others = {one for root in roots for one in self.apart.get(root, set())}
        return {one for other in others for one in self.joined(other)}
