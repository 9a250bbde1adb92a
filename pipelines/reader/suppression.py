"""Disclosure control: the printable form of a table that we counted from records of persons.

Victims are few, and known to those who hurt them. A count below the threshold is hidden, zero
included, since a zero reveals that nobody is among the counted. It is printed as the interval that
the threshold leaves, `<10` (primary suppression). Where parts add up to a printed total, the hidden
ones could be worked out from the others; so further parts are hidden, printed as `<=` the total
(complementary suppression).
A reader is assumed to know which parts are hidden for which reason, and that the complementary ones
are the smallest of those that are not small.
"""

from collections.abc import Iterator, Mapping, Sequence

from pipelines.reader.refusal import FileRefusedError


def single(count: int, threshold: int) -> str:
    """Return the text of a count that is not one of the parts of a printed total.

    Such are totals, and parts that overlap or are incomplete: from the others it only follows that
    each does not exceed the total.
    """
    return f"{count}" if count >= threshold else f"<{threshold}"


def parts(counts: Sequence[int], total: int, threshold: int) -> list[str]:
    """Return the texts of counts that add up to a total, itself printed as by `single`.

    To a reader, each count below the threshold may still be anything from 0 to just below it. Where
    no choice of further parts ensures that, all parts are hidden alike.

    Raises:
        FileRefusedError: the counts do not add up to the total; the message has no count.
    """
    if sum(counts) != total:
        raise FileRefusedError("counts of parts do not add up to their total: nothing is printed")
    if total < threshold:
        return [single(count, threshold) for count in counts]
    places = sorted(range(len(counts)), key=lambda place: counts[place])
    ascending = [counts[place] for place in places]
    small = sum(count < threshold for count in counts)
    for hidden in range(small, len(counts) + 1):
        if _is_safe(ascending, small, hidden, threshold):
            complementary = places[small:hidden]
            return [
                f"<={total}" if place in complementary else single(count, threshold)
                for place, count in enumerate(counts)
            ]
    return [f"<={total}"] * len(counts)


def named_parts(counts: Mapping[str, int], total: int, threshold: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each count, as by `parts`."""
    yield from zip(counts, parts([*counts.values()], total, threshold), strict=True)


def is_complementary(text: str) -> bool:
    """Return whether a text hides a count to protect another: secondary confidentiality."""
    return text.startswith(("<=", ">="))


def is_range_of_counts(text: str) -> bool:
    """Return whether a text has two bounds, such as `>=18 <=21`."""
    return text.startswith(">=") and "<=" in text


def _is_safe(ascending: Sequence[int], small: int, hidden: int, threshold: int) -> bool:
    """Return whether each of the `small` first counts may be 0 and may be just below the threshold.

    A reader can derive the sum of the `hidden` first counts, and the bounds of each: the small ones
    are below the threshold; the others are not, and none exceeds a printed one.
    """
    if small == 0:
        return True
    others, known = hidden - small, sum(ascending[:hidden])
    least = others * threshold
    greatest = (small - 1) * (threshold - 1)
    if others:
        greatest += others * ascending[hidden] if hidden < len(ascending) else known
    return least + threshold - 1 <= known <= greatest
