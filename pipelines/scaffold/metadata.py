"""The metadata of a new source: fields of `schemas.source.Source`, and which are only proposed.

A field that only a person can fill says `FILL IN`. What the sample or a similar source suggests has
an entry in `proposed`, to be confirmed.
"""

from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

import yaml

from pipelines.lib import did_you_mean
from pipelines.reader import open_sdg, table_checks
from pipelines.reader.known_labels import known_codes
from pipelines.reader.labels import subdivision_spellings
from pipelines.reader.refusal import FileRefusedError
from pipelines.scaffold import dimensions
from pipelines.scaffold.columns import Columns, locale_of
from pipelines.scaffold.questions import Answers
from pipelines.scaffold.sample import Sample
from pipelines.scaffold.wide_columns import MARK
from pipelines.sources import discover
from schemas import codelists
from schemas.figure import LETTER
from schemas.source import FILL_IN, Layout, Source

Fields = dict[str, Any]

_WHOLE: Final = ("nacional", "national", "todo el país")
"""Labels of a whole country among its subdivisions, beside its name and `Total ...`."""

_MOST: Final = 20
"""Most places of which nothing is known that are listed."""


def metadata(file: Path, sample: Sample, columns: Columns, answers: Answers) -> Fields:
    """Return the fields of a new source, in the form of its yml file.

    Raises:
        FileRefusedError: the file has figures of the whole country, the answers do not.
    """
    blank = Path(__file__).with_name("blank.yml").read_text(encoding="utf-8")
    found: Fields = yaml.safe_load(blank)
    look_at = found.pop("look_at")
    is_open = _is_open_sdg(columns, answers)
    like = _nearest(answers, is_open_sdg=is_open)
    for name in ("counted", "caution"):
        languages = dict.fromkeys(codelists.LANGUAGES, found[name])
        found[name] = asdict(getattr(like, name)) if like else languages
    found |= {name: text for name, text in asdict(answers).items() if name in found}
    found |= {
        "nationwide": answers.nationwide == "true",
        "number_locale": locale_of(columns, answers.area, answers.indicator),
        "layouts": [_layout(sample)],
    }
    if answers.address.endswith(file.suffix):
        del found["by_hand"]
    if is_open:
        found["open_sdg"] = _open_sdg(columns, answers)
    else:
        found["tables"] = [_table(columns, answers)]
    found["proposed"] = [
        f"{place}: {why.format(like=like.id if like else '')}"
        for place, why in look_at.items()
        if not str(_at(found, place)).startswith(("None", FILL_IN))
    ]
    if sample.other_sheets:
        others = ", ".join(sample.other_sheets)
        found["proposed"].append(f"layouts: sheets {others}: add a layout for each that is needed")
    if not is_open:
        found["proposed"] += _open_questions(columns, answers)
    return found


def _at(found: Any, place: str) -> object:  # noqa: ANN401 - of any field
    """Return the value at a place such as `tables.0.cells`; None if there is none, or it is false.

    Places are names of fields, and 0 for the first entry of a list.
    """
    for part in place.split("."):
        if part == "0" and found:
            found = found[0]
        elif isinstance(found, dict):
            found = found.get(part)
        else:
            return None
    return None if found is False else found


def _layout(sample: Sample) -> Fields:
    usual = {each.name: each.default for each in fields(Layout)}
    given = asdict(sample.layout) | {"minimum_rows": len(sample.shape.rows)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value != usual[name]
    }


def _is_open_sdg(columns: Columns, answers: Answers) -> bool:
    """Return whether the table is that of the Open SDG platform, in one unit, of one state."""
    names = [name for name in columns.raw if name != "row"]
    units = [columns.texts(name) for name in open_sdg.UNITS if name in names]
    is_one = all(len(texts) == 1 and texts[0] for texts in units)
    is_whole = bool(answers.area) and answers.whole == "true"
    return is_one and is_whole and (names[0], names[-1]) == (open_sdg.YEAR, open_sdg.VALUE)


def _open_sdg(columns: Columns, answers: Answers) -> Fields:
    found: Fields = {"ref_area": answers.area, "indicator": answers.indicator}
    split: Fields = {}
    for name in columns.raw:
        texts = columns.texts(name)
        if name in open_sdg.UNITS:
            found["unit"] = texts[0]
        elif name not in (open_sdg.YEAR, open_sdg.VALUE, "row") and (
            name not in open_sdg.PLAIN or len(texts) > 1
        ):
            split[name] = {"labels": {text: _split(columns, name, text) for text in texts if text}}
    return found | ({"disaggregations": split} if split else {})


def _split(columns: Columns, name: str, label: str) -> dict[str, str]:
    """Return the codes of a label of the Open SDG platform; none of a total."""
    own = [each for each, at in columns.of_dimension.items() if at == name]
    codes = {each: dimensions.code(label, each) for each in (*own, "exploitation", "sex", "age")}
    known = {each: code for each, code in codes.items() if not code.startswith(FILL_IN)}
    dimension, code = next(iter((known or codes).items()))
    return {} if code == "_T" else {dimension: code}


def _table(columns: Columns, answers: Answers) -> Fields:
    period = columns.periods[0] if len(columns.periods) == 1 else list(columns.periods)
    no_period = f"{FILL_IN}: the year of the figures, or the column that states it"
    cells: Fields = {
        "ref_area": _area(columns, answers),
        "indicator": answers.indicator,
        "time_period": {"column": period} if period else no_period,
    }
    for dimension, name in columns.of_dimension.items():
        if dimension == "citizenship":
            cells[dimension] = {"column": name, "citizenships": True}
        elif dimension != "ref_area":
            codes = {label: dimensions.code(label, dimension) for label in columns.texts(name)}
            cells[dimension] = {"column": name, "labels": codes}
    found: Fields = {}
    if columns.constant:
        found["must_be"] = [{"has": columns.constant}]
    if signs := _marks(columns, known=True):
        found["marks"] = [{"where": {MARK: sign}, "status": LETTER[sign[0]]} for sign in signs]
    found["cells"] = cells
    if not answers.area and "ref_area" in columns.of_dimension:
        found["other_states"] = True
    return found | {"figure": columns.figure}


def _marks(columns: Columns, *, known: bool) -> list[str]:
    """Return the marks at years that say provisional or estimated, or those that are not known."""
    signs = filter(None, columns.texts(MARK)) if MARK in columns.raw else ()
    return [sign for sign in signs if (sign[0] in ("p", "e")) == known and sign[0] != "r"]


def _area(columns: Columns, answers: Answers) -> Fields | str:
    area, name = answers.area, columns.of_dimension.get("ref_area", "")
    if not name:
        is_state = area and answers.whole == "true"
        what = "the code of ISO 3166-2 of the part" if area else "the alpha-3 code of the state"
        return area if is_state else f"{FILL_IN}: {what} that the figures are about"
    if not area:
        return {"column": name, "citizenships": True}
    whole = _whole(columns, answers)
    if answers.whole == "false":
        if whole:
            raise FileRefusedError(
                f"column '{name}' has the whole country, '{whole}': answer --whole true, or take "
                "those rows out of the file"
            )
        return {"column": name, "subdivisions": area}
    label = f"{FILL_IN}: the label of the whole country" if whole is None else whole
    return {"column": name, "subdivisions": area, "whole": label}


def _whole(columns: Columns, answers: Answers) -> str | None:
    """Return the label of the whole country among others, a blank at last; None if none is."""
    names = {codelists.labels("area", language)[answers.area] for language in codelists.LANGUAGES}
    words = (*_WHOLE, *map(str.casefold, names))
    places = {label: label.casefold() for label in _unknown_places(columns, answers)}
    found = [label for label, text in places.items() if text in words or text.startswith("total")]
    return next(iter([*found, *(label for label in places if not label)]), None)


def _unknown_places(columns: Columns, answers: Answers) -> list[str]:
    known = known_codes("ref_area", answers.area)
    labels = columns.texts(columns.of_dimension["ref_area"])
    return [label for label in labels if label.casefold() not in known]


def _open_questions(columns: Columns, answers: Answers) -> Iterator[str]:
    """Yield what to do about columns and places of which nothing is known."""
    for name in columns.unknown:
        yield f"layouts.0.header: column '{name}' is in no cell: read it, or leave it out of 'used'"
    for sign in _marks(columns, known=False):
        yield f"layouts.0.wide: years bear the mark '{sign}': if it matters, say so in 'marks'"
    if not answers.area or "ref_area" not in columns.of_dimension:
        return
    known, whole = subdivision_spellings(answers.area), _whole(columns, answers)
    places = [label for label in _unknown_places(columns, answers) if label != whole]
    for label in places[:_MOST]:
        near = did_you_mean.match(label, known) or "none"
        yield (
            f"tables.0.cells.ref_area: '{label}' is no subdivision that is known (the nearest is "
            f"{near}): add it to pipelines/reader/subdivision_spellings.csv, if it is one"
        )
    if len(places) > _MOST:
        yield f"tables.0.cells.ref_area: {len(places)} labels are unknown: are they subdivisions?"


def _nearest(answers: Answers, *, is_open_sdg: bool) -> Source | None:
    """Return the source that counts the most similarly, None if none counts the like."""
    kinds = codelists.load("indicator").set_index("code")[["count_unit", "domain", "unit_measure"]]
    wanted = answers.indicator

    def likeness(source: Source) -> float:
        counted = {each for table in source.tables for each in table_checks.indicators(table, {})}
        alike = [
            6 * (each == wanted) + 2 * int((kinds.loc[each] == kinds.loc[wanted]).sum())
            for each in counted & {*kinds.index}
        ]
        return (
            sum(alike) / max(len(alike), 1)
            + (answers.coll_method == source.coll_method)
            + is_open_sdg * bool(source.open_sdg)
        )

    described = (each.source for each in discover().values() if not each.source.proposed)
    best = max(described, key=likeness)
    return best if likeness(best) > 3 else None
