"""Whole numbers shared out exactly."""

from collections.abc import Sequence


def shared(total: int, weights: Sequence[float], most: Sequence[int] | None = None) -> list[int]:
    """`total` in whole parts as near to the weights as can be, none over its `most`; the parts sum to the total.

    Raises ValueError when the most of all parts is less than the total.
    """
    caps = [total] * len(weights) if most is None else list(most)
    if sum(caps) < total:
        raise ValueError(f"{total} cannot be shared among at most {caps}")
    parts = [0] * len(weights)
    left = total
    while left:
        free = [at for at, part in enumerate(parts) if part < caps[at]]
        weighing = [max(weights[at], 0) for at in free]
        if not sum(weighing):
            weighing = [1.0] * len(free)
        for at, part in zip(free, _largest_remainders(left, weighing), strict=True):
            parts[at] = min(parts[at] + part, caps[at])
        left = total - sum(parts)
    return parts


def _largest_remainders(total: int, weights: Sequence[float]) -> list[int]:
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(each) for each in exact]
    by_rest = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_rest[: total - sum(parts)]:
        parts[at] += 1
    return parts


def between(least: int, number: float, most: int) -> int:
    """The whole number nearest to `number` that is neither less than `least` nor more than `most`."""
    return max(least, min(round(number), most))
