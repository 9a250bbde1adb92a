"""The cells beside suppressed figures in the extracts, file by file."""

import json
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
import python_calamine
from statements import ZEROS_PRINTED, Connection

from pipelines.published import extract_paths
from pipelines.warehouse import declarations
from pipelines.words.extract_words import heading
from pipelines.words.interface_text import labels
from schemas import codelists
from schemas.observation import CELL

_ENOUGH: Final = 20
"""Letters by which publishers differ."""

PLACE: Final = ["source", "release", "locator"]
_SHOWN: Final = {"value": "<5", "lower": "least", "upper": "4"}
"""All that may stand beside a `<5`, or nothing: a text, or for the lower bound a column."""

_SDMX: Final = {"OBS_VALUE": "value", "LOWER_BOUND": "lower", "UPPER_BOUND": "upper"}
_SDMX_PLACE: Final = {"DATA_SOURCE": "source", "RELEASE": "release", "LOCATOR": "locator"}
_SDG: Final = {"REF_AREA": "m49", "SERIES": "series", "SEX": "sex", "AGE": "age",
               "TIME_PERIOD": "time_period", "SOURCE_DETAIL": "citation"}  # fmt: skip
_OPEN_SDG: Final = {"Year": "time_period", "Series": "of", "Country": "country_name",
                    "Sex": "sex_name", "Age": "age_name",
                    "Form of exploitation": "exploitation_name"}  # fmt: skip


class Beside(NamedTuple):
    """The suppressed figures of a file, and how many of them stand beside something finer."""

    file: str
    suppressed: int
    revealing: int


def beside_suppressed(connection: Connection, folder: Path, languages: int = 1) -> list[Beside]:
    """Every file of a folder of extracts that has figures one by one.

    Of workbooks and CSV files, which differ in their words, those of so many languages.
    """
    hidden = _hidden(connection)
    found = []
    for file, frame, key in _files(folder, languages):
        rows = frame.merge(hidden[[*key, "least"]].drop_duplicates(), on=key)
        shown = {name: _text(rows[name]) for name in _SHOWN if name in rows}
        finer = [
            (texts != "") & (texts != rows.get(_SHOWN[name], _SHOWN[name]))
            for name, texts in shown.items()
        ]
        revealing = int(pd.concat(finer, axis=1).any(axis=1).sum()) if finer else 0
        found.append(Beside(file.relative_to(folder).as_posix(), len(rows), revealing))
    return found


def _hidden(connection: Connection) -> pd.DataFrame:
    """Every figure printed as `<5`: its place, and, of victims now, the codes and names."""
    is_hidden = "where conf_status = 'A' and value_raw = '<5'"
    places = connection.sql(
        f"select {', '.join(PLACE)}, if((source, release) = {ZEROS_PRINTED}, '1', '0') as least "
        f"from harmonised.observation {is_hidden}"
    )
    now = connection.sql(f"from published.named('published.observation', 'en') {is_hidden}").df()
    now = now[(now["indicator"] == "VIC_DETECT") & (now["citizenship"] == "_T")]
    number = codelists.load("area").set_index("code")["m49"].str.lstrip("0")
    series = codelists.load("exploitation").set_index("code")["sdg_series"]
    blank = {name: now[f"{name}_name"].where(now[name] != "_T", "")
             for name in ("sex", "age", "exploitation")}  # fmt: skip
    named = now.assign(
        of=now["publisher"].str[:_ENOUGH] + now["time_basis_name"],
        m49=now["ref_area"].map(number),
        series=now["exploitation"].map(series),
        **{f"{name}_name": texts for name, texts in blank.items()},
    )
    return places.df().merge(named, "left", PLACE)


def _files(folder: Path, languages: int) -> Iterator[tuple[Path, pd.DataFrame, list[str]]]:
    yield from _parquet(folder)
    yield from _of_codes(folder)
    for file in (folder / "json").iterdir():
        yield file, _json(file), PLACE
    for language in codelists.LANGUAGES[-languages:]:
        for file in (folder / "csv" / language).iterdir():
            yield file, _in_codes(_csv(file), language), PLACE
    for at, area in enumerate(codelists.oas_states()):
        # Begin with another one for each state.
        for language in islice(cycle(codelists.LANGUAGES), at, at + languages):
            file = folder / "excel" / language / f"{area}.xlsx"
            yield file, _in_codes(_workbook(file, language), language), PLACE
    cited = (folder / "sdmx" / f"{name}.csv.gz" for name in ("newest", "national"))
    for file in (*folder.glob("sdmx/observation/*.csv.gz"), *cited):
        yield file, _csv(file, **_SDMX, **_SDMX_PLACE), PLACE
    file = folder / "sdmx" / "sdg_16_2_2.csv.gz"
    yield file, _of_counts(_csv(file, **_SDMX, **_SDG)), list(_SDG.values())
    file = folder / "open_sdg" / "16-2-2.zip"
    yield file, _of_one_source(_open_sdg(file)), list(_OPEN_SDG.values())


def _parquet(folder: Path) -> Iterator[tuple[Path, pd.DataFrame, list[str]]]:
    """The Parquet files of figures; others have statements."""
    for file in folder.glob("parquet/**/*.parquet"):
        rows = pd.read_parquet(file)
        if {*PLACE, "value"} <= {*rows.columns}:
            yield file, rows, PLACE


def _of_codes(folder: Path) -> Iterator[tuple[Path, pd.DataFrame, list[str]]]:
    """The CSV files in codes that have all cells of a source."""
    for declared in declarations.leaving("csv"):
        rows = _csv(file := folder / extract_paths.csv(declared))
        if {*PLACE, *CELL} <= {*rows.columns}:
            yield file, rows, PLACE


def _csv(file: Path, **names: str) -> pd.DataFrame:
    """The columns that are named, under their new names; all, if none is."""
    read = partial(pd.read_csv, file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    semicolons = len(read(sep=";", nrows=0).columns) > 1
    frame = read(sep=";" if semicolons else ",")
    return frame[[*names]].rename(columns=names) if names else frame


def _json(file: Path) -> pd.DataFrame:
    """The figures of a state, as printed beside what stands in their columns."""
    figures = [each for each in json.loads(file.read_bytes())["figures"] if "locator" in each]
    frame = pd.DataFrame(figures, columns=[*PLACE, "printed", "value", "lower", "upper"])
    exact = frame["value"].notna() & (frame["printed"] == "<5")
    return frame.assign(value=frame["printed"].mask(exact, "exact"))


def _open_sdg(file: Path) -> pd.DataFrame:
    with zipfile.ZipFile(file) as packed, packed.open("data/indicator_16-2-2.csv") as table:
        frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    return frame[[*_OPEN_SDG, "Value"]].rename(columns={"Value": "value", **_OPEN_SDG})


def _workbook(file: Path, language: str) -> pd.DataFrame:
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    columns, *rows = book.get_sheet_by_name(labels(language)["sheet_data"]).to_python()
    return pd.DataFrame(rows, columns=columns)


def _in_codes(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """The columns that matter, by their names in English code."""
    names = {"source": "source", "release": "release", "locator": "locator", "figure": "value",
             "lower": "lower", "upper": "upper"}  # fmt: skip
    headings = {heading(name, language): code for name, code in names.items()}
    return frame[[*headings]].rename(columns=headings)


def _of_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rates as rows of the counts that they are of; they cite the population's source too.

    A statement of the provenance is no part of the citation.
    """
    is_rate = frame["series"].str.endswith("R")
    citation = frame["citation"]
    for provenance in codelists.load("provenance")["name_en"]:
        citation = citation.str.removesuffix(f"; {provenance}")
    cited = citation.str.rpartition("; ")[0]
    return frame.assign(
        series=frame["series"].str.removesuffix("R"),
        citation=citation.where(~is_rate | (cited == ""), cited),
    )


def _of_one_source(frame: pd.DataFrame) -> pd.DataFrame:
    """Read publisher and kind of year from the name of a series of detected victims."""
    source = frame["of"].str.extract(r"^Detected victims \((?P<publisher>.*); (?P<basis>[^;]*)\)$")
    return frame.assign(of=source["publisher"].str[:_ENOUGH] + source["basis"])


def _text(column: pd.Series) -> pd.Series:
    text = column.astype(str).fillna("").str.removesuffix(".0")
    return text.where(text != "NaN", "")
