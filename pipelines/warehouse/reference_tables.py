"""Reference tables of sources, releases and files, as frames: one per table of `main`."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipelines.harmonised import release_files
from pipelines.raw import corrections, findings, manifest, objections, questionnaires
from pipelines.sources import discover
from schemas import codelists, parameters
from schemas.source import Break, Source

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_NOT_OF_A_READER: Final = (
    "layouts", "former_layouts", "number_locale", "known_breaks", "typed", "default_action",
    "default_provenance", "listing", "pages", "zeros_printed", "notes", "tables", "open_sdg",
    "assertions", "proposed", "same_count",
)  # fmt: skip
"""Fields of a source that say how its files are read and entered."""


def tables(harmonised: Path, good: Sequence[release_files.Release]) -> dict[str, pd.DataFrame]:
    """Return the rows of each table, by its name; `good` are the releases not held back.

    A source that was begun, but has no file in data/raw, is left out.
    """
    entered = {entry.source for entry in manifest.entries()}
    sources = [each.source for name, each in discover().items() if name in entered]
    corrected = _frame(corrections.entries(), corrections.Correction)
    asked = _frame(questionnaires.asked(), questionnaires.Asked).astype({"year": int})
    objected = _frame(objections.entries(), objections.Objection)
    of_office = {"office": "objected_by", "address": "objection_address"}
    return {
        "source": _sources(sources),
        "series_break": _breaks(sources),
        "correction": corrected.assign(
            occurrence=pd.to_numeric(corrected["occurrence"]).astype("Int64")
        ),
        "finding": _findings(),
        "raw_file": _frame(manifest.entries(), manifest.RawFile).drop(columns="by"),  # no names
        "release": releases(good),
        "held_back": _frame(release_files.refusals(harmonised), release_files.Refusal),
        "questionnaire": asked.rename(columns={"state": "ref_area"})[["ref_area", "year", "asked"]],
        "objection": objected.rename(columns=of_office).astype({"report_year": int, "rank": int}),
        "parameter": pd.DataFrame(parameters.parameters().values()).astype({"value": float}),
        "build": pd.DataFrame(
            [{"version": version("tipstat"), "fingerprint": release_files.made_from(harmonised)}]
        ),
    }


def _frame(rows: Sequence["DataclassInstance"], kind: type["DataclassInstance"]) -> pd.DataFrame:
    """Return one row per object, with the fields of its class as columns, even if there is none."""
    names = [field.name for field in fields(kind)]
    return pd.DataFrame(map(vars, rows), columns=names)


def _sources(sources: list[Source]) -> pd.DataFrame:
    """Return one row per source, with the columns of main.source."""
    named = {"publisher_in", "title_in", "leaves_out"}
    left = {*_NOT_OF_A_READER, *named}
    described = []
    for source in sources:
        row = {name: value for name, value in asdict(source).items() if name not in left}
        for name, own, translation in (
            ("publisher", source.publisher, source.publisher_in),
            ("title", source.title, source.title_in),
        ):
            for code in codelists.LANGUAGES:
                if code != "en":
                    row[f"{name}_{code}"] = getattr(translation, code, own)
        for code in codelists.LANGUAGES:
            row[f"leaves_out_{code}"] = getattr(source.leaves_out, code, "")
        described.append(row | {"sums_sexes": any(table.total for table in source.tables)})
    return pd.json_normalize(described, sep="_").rename(columns={"id": "source"})


def _breaks(sources: list[Source]) -> pd.DataFrame:
    """Return one row per known break and state, with the columns of main.series_break."""
    return pd.DataFrame(
        [
            {"source": source.id, **asdict(known), "ref_area": area}
            for source in sources
            for known in source.known_breaks
            for area in ([known.ref_area] if known.ref_area else codelists.oas_states())
        ],
        columns=["source", *(field.name for field in fields(Break))],
    )


def releases(good: Sequence[release_files.Release]) -> pd.DataFrame:
    """Return one row per release, with the columns of main.release."""
    keys = pd.DataFrame(
        [(each.source, each.release) for each in good], columns=["source", "release"]
    )
    files = _frame(manifest.entries(), manifest.RawFile).astype({"rows": int})
    shared = ("action", "publisher", "provenance", "licence", "citation")
    first = {name: (name, "first") for name in shared}
    grouped = files.groupby(["source", "release"], as_index=False).agg(
        rows=("rows", "sum"), retrieved=("retrieved", "max"), **first
    )
    frame = keys.merge(grouped, on=["source", "release"], validate="one_to_one")
    newest = frame["release"] == frame.groupby("source")["release"].transform("max")
    replacing = frame[frame["action"] == manifest.REPLACE].groupby("source")["release"].max()
    since = frame["source"].map(replacing).astype("object").fillna("")
    return frame.assign(is_newest=newest, is_current=frame["release"] >= since)


def _findings() -> pd.DataFrame:
    """Return one row per finding, with the columns of main.finding."""
    found = [
        {"source": entry.source, "release": entry.release, "file": entry.file, **vars(each)}
        for entry in manifest.entries()
        if findings.path_of(entry).is_file()
        for each in findings.read_findings(entry)
    ]
    names = ["source", "release", "file", *findings.COLUMNS]
    numbers = dict.fromkeys(findings.INTEGERS, "Int64")
    return pd.DataFrame(found, columns=names).astype(numbers | {"exchanged": "boolean"})
