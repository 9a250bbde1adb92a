"""Rules of an honest chart on what stands around it: table, sentence, key, colours, source.

Each rule takes a chart and the truth, and returns the faults as lines.
"""

import json
import re
from itertools import combinations
from statistics import median

from honest import YEAR, Bar, Record, bars, group_rows, marks, plain
from honest_ranks import RANKED, dots, rates_drawn
from honest_truth import VICTIMS, Truth
from honest_years import LONE, SERIES, beside, cited, of_series

from pipelines.published.charts.drawing import PALETTE
from schemas import codelists, parameters

_FIGURE = r"[<≤≥]?\d[\d.,\u202f]*(–\d[\d.,\u202f]*)?"


def rule_the_table_is_the_drawing(record: Record, truth: Truth) -> list[str]:
    """The same numbers: no mark without a cell, no cell without a mark."""
    if record.anchor in SERIES:
        cells = sorted((heading, cell) for heading, own in record.rows for cell in own
                       if re.fullmatch(_FIGURE, cell))  # fmt: skip
        drawn = sorted((each.printed, each.text) for each in marks(record))
        return [] if cells == drawn else [f"{cells} in the table, {drawn} drawn"]
    if record.anchor == "who":
        known = group_rows(record)
        return [f"{each.name}: {each.text}" for each in bars(record)
                if known.get((each.heading, each.name), [""])[0] != each.text]  # fmt: skip
    codes = {text: code for code, text in codelists.labels("area", record.language).items()}
    rates = {codes[heading]: cells[0] for heading, cells in record.rows
             if record.number(cells[0]) is not None}  # fmt: skip
    found = dots(record)
    return [f"{area} is not in both" for area in {*rates} ^ {*found}] + [
        f"{area}: {rates[area]}"
        for area in {*rates} & {*found}
        if not record.printed_as(rates[area], found[area][0])
    ]


def rule_a_label_is_the_number_of_its_mark(record: Record, truth: Truth) -> list[str]:
    """Each text on the chart stands at a mark, and says its figure, or its share."""
    texts = record.layout.get("annotations", [])
    written = [(each["x"], each["y"], plain(each["text"])) for each in texts
               if not {each.get("xref"), each.get("yref")} & {"paper", "y domain"}]  # fmt: skip
    if record.anchor in SERIES:
        known = {(each.year, each.high): each.text for each in marks(record)}
        return [f"{text} in {x}" for x, y, text in written
                if (x, y) not in known or not f"{text} ".startswith(f"{known[x, y]} ")]  # fmt: skip
    if record.anchor == "who":
        ends = {(each.length, each.at): each for each in bars(record)}
        return [text for x, y, text in written if not _labels(text, ends.get((x, y)))]
    at = {height: rate for rate, height, _ in dots(record).values()}
    return [
        text
        for trace in record.figure["data"]
        if trace["mode"] == "text" and trace["textposition"] == "middle right"
        for height, text in zip(trace["y"], trace["text"], strict=True)
        if height in at and record.number(plain(text)) != float(f"{at[height]:.2g}")
    ]


def _labels(text: str, bar: Bar | None) -> bool:
    """Return whether a text is the figure of a bar and, but of a suppressed one, its share."""
    if not bar or not text.startswith(bar.text):
        return False
    share = text.removeprefix(bar.text).strip()
    if bar.is_outlined or share.startswith("<"):
        return bar.is_outlined == (not share) and (not share or bar.length < 1)
    return re.sub(r"\D", "", share) == f"{bar.length:.0f}"


def rule_every_number_of_the_sentence_is_in_the_table(record: Record, truth: Truth) -> list[str]:
    """But for levels, counts of states, and what is computed from them, which are computed anew."""
    text = re.sub(YEAR, " ", record.sentence)
    said = [each.rstrip(".,") for each in re.findall(r"\d[\d.,\u202f]*", text)]
    allowed = {value for _, cells in record.rows for cell in cells
               if (value := record.number(cell)) is not None}  # fmt: skip
    if record.anchor == "happened":
        levels = _levels(record, truth)
        allowed |= levels | {float(one // other) for one in levels for other in levels if other}
    if record.anchor in RANKED:
        allowed |= _ranks(record, truth) | {100_000.0, 100.0}  # `100 mil`
    return [f"{each} is not in the table" for each in said
            if not any(record.printed_as(each, value) for value in allowed)]  # fmt: skip


def _levels(record: Record, truth: Truth) -> set[float]:
    """Return the medians of the first and last three years since a break; one may be a spike."""
    rows = sorted(truth.series[record.area, VICTIMS].values(), key=lambda row: row.year)
    last_break = max((row.year for row in rows if row.is_break), default=0)
    rows = [row for row in rows if row.year >= last_break]
    count = int(parameters.number("level_years"))
    return {
        float(median(getattr(row, bound) or 0 for row in three))
        for bound in ("lower", "upper")
        for end in (rows[: count + 1], rows[-count - 1 :])
        for three in combinations(end, count)
    }


def _ranks(record: Record, truth: Truth) -> set[float]:
    """Return how many states are above, below and level with this one, and the extremes."""
    source, year, known = rates_drawn(record, truth)
    rates = dict(known)
    own = rates.pop(record.area, None)
    others = [rate for area, rate in rates.items()
              if (area, record.indicator, source, year) not in truth.contradicted]  # fmt: skip
    found: set[float] = {len(others), len(rates) - len(others), *(each.value for each in others)}
    if own:
        above = sum(each.lower > own.upper for each in others)
        below = sum(each.upper < own.lower for each in others)
        found |= {above, below, len(others) - above - below}
    return {*map(float, found)}


def rule_the_key_explains_the_marks_that_are_there(record: Record, truth: Truth) -> list[str]:
    """Each of them, and none that is not there."""
    texts = json.dumps(record.figure, ensure_ascii=False)
    shapes = record.layout.get("shapes", [])
    if record.anchor in SERIES:
        own = [each for _, every, _ in of_series(record) for each in every]
        last = max((y for i, *_ in of_series(record) for y in cited(record, truth, i)), default=0)
        newer = [each for each in beside(record) if each.year > last]
        others = [each for each in beside(record) if each.year <= last]
        wanted = {
            "○": any(each.is_hollow for each in own) or any(each.is_hollow for each in newer),
            "■": any(not each.is_hollow for each in others),
            "□": any(each.is_hollow for each in others),
            "◆": any(not each.is_hollow for each in newer),
            "◇": any(each.is_hollow and each.symbol == "diamond" for each in newer),
            "▲": any(each.symbol == "triangle-up" for each in marks(record)),
            "▯": any(each.is_bar for each in marks(record)),
            "┊": any(each["type"] == "line" for each in shapes),
            "▨": any(each["type"] == "path" for each in shapes),
            "×": any(each.symbol == LONE for each in marks(record)),
        }
    elif record.anchor == "who":
        wanted = {"▯": any(each.is_outlined for each in bars(record))}
    else:
        hollow = any(fill == "--paper" for *_, fill in dots(record).values())
        wanted = dict.fromkeys("●─▬", True) | {
            "○": hollow,
            "→": "→" in texts,
            "B": any("<b>" in each for each in record.layout["yaxis"]["ticktext"]),
        }
    signs = [sign for sign, meaning in record.key if meaning]
    expected = {sign for sign, is_there in wanted.items() if is_there}
    wrong = [f"{sign} in key or chart alone" for sign in {*signs} ^ expected]
    return wrong + ([] if len({*signs}) == len(record.key) else ["a sign with two meanings"])


def rule_colours_are_those_of_the_palette(record: Record, truth: Truth) -> list[str]:
    """By name, so that light, dark and paper each have their own."""
    text = json.dumps(record.figure)
    found = re.findall(
        r'"(#[0-9a-fA-F]{3,8}|rgba?\(|hsl|[a-z]+gr[ae]y|black|white|red|blue)"', text
    )
    names = {f"--{name}" for name in PALETTE}
    return [*found, *({*re.findall(r'"(--[\w-]+)"', text)} - names)]


def rule_the_source_line_names_publisher_and_release(record: Record, truth: Truth) -> list[str]:
    """Of the newest figure of each series, the newest of one source; of rates, of all of them."""
    language = truth.languages[record.language]
    if record.anchor in RANKED:
        source, _, rates = rates_drawn(record, truth)
        wanted = {(source, max((each.release for each in rates.values()), default=""))}
    elif record.anchor == "who":
        wanted = {(source, truth.released[source]) for area, source, *_ in truth.parts
                  if area == record.area
                  and truth.short_names[record.language][source] in record.source}  # fmt: skip
        wanted = wanted or {("", "")}
    else:
        newest = [rows[max(rows)] for i, *_ in of_series(record)
                  if (rows := cited(record, truth, i))]  # fmt: skip
        wanted = {(row.source, max(each.release for each in newest if each.source == row.source))
                  for row in newest}  # fmt: skip
    names = truth.short_names[record.language]
    return [
        f"{source}, {day}"
        for source, day in wanted
        if names.get(source, "-") not in record.source or language.day(day) not in record.source
    ]


def rule_the_alternative_text_is_the_answer(record: Record, truth: Truth) -> list[str]:
    """A screen reader says what the chart shows."""
    is_said = record.label and " ".join(record.label.split()) == " ".join(record.sentence.split())
    return [] if is_said else [f"{record.label!r}"]
