"""Rows of SDMX messages and files, read without any code of the service: one dict a row."""

import csv
import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from pipelines.serve.message import Answer

Row = dict[str, str]
_HEADS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "DATAFLOW")


def extract_rows(folder: Path, name: str) -> list[Row]:
    """Rows of a flow's files in a version's folder."""
    places = folder / "extracts" / "sdmx"
    files = sorted([*places.glob(f"{name}.csv.gz"), *places.glob(f"{name}/*.csv.gz")])
    return [row for file in files for row in of_csv(gzip.decompress(file.read_bytes()))]


def of_csv(body: bytes) -> list[Row]:
    """Rows of SDMX-CSV, without its first columns; an empty cell is left out."""
    rows = csv.DictReader(io.StringIO(body.decode(), newline=""))
    return [
        {name: cell for name, cell in row.items() if cell and name not in _HEADS} for row in rows
    ]


def of_json(body: bytes) -> list[Row]:
    """Rows of SDMX-JSON 2.0, with series or without."""
    data = json.loads(body)["data"]
    [structure], [found] = data["structures"], data["dataSets"]
    at = sorted(
        structure["dimensions"]["series"] + structure["dimensions"]["observation"],
        key=lambda each: each["keyPosition"],
    )
    cells = structure["measures"]["observation"] + structure["attributes"]["observation"]
    observations = found.get("observations") or {
        f"{key}:{time}": values
        for key, series in found["series"].items()
        for time, values in series["observations"].items()
    }
    rows = []
    for key, values in observations.items():
        row = {
            each["id"]: _code(each, int(place))
            for each, place in zip(at, key.split(":"), strict=True)
        }
        for each, value in zip(cells, values, strict=True):
            if value is not None:
                row[each["id"]] = _code(each, value) if "values" in each else _text(value)
        rows.append(row)
    return rows


def _code(component: dict, place: int) -> str:
    found = component["values"][place]
    return found.get("id") or found["value"]


def _text(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def of_specific(body: bytes) -> list[Row]:
    """Rows of structure-specific SDMX-ML, 3.0 or 2.1."""
    return [
        {**(each.getparent().attrib if each.getparent().tag == "Series" else {}), **each.attrib}
        for each in etree.fromstring(body).iter("Obs")
    ]


def of_generic(body: bytes) -> list[Row]:
    """Rows of generic SDMX-ML 2.1."""
    name = lambda each: etree.QName(each).localname  # noqa: E731
    rows = []
    for each in etree.fromstring(body).iter("{*}Obs"):
        values = [
            *each.iterfind(".//{*}Value"),
            *each.getparent().iterfind("{*}SeriesKey/{*}Value"),
        ]
        row = {value.get("id"): value.get("value") for value in values}
        for part in each:
            if name(part) == "ObsDimension":
                row["TIME_PERIOD"] = part.get("value")
            elif name(part) == "ObsValue":
                row["OBS_VALUE"] = part.get("value")
        rows.append(row)
    return rows


READ = {
    "csv": of_csv,
    "csv10": of_csv,
    "jsondata": of_json,
    "xml30": of_specific,
    "xml21": of_specific,
    "genericdata": of_generic,
}


def rows_of(answer: Answer, form: str) -> list[Row]:
    """Rows of an answer in a format."""
    assert answer.status == 200, answer
    return READ[form](answer.body)


def in_order(rows: Iterable[Row]) -> list[tuple[tuple[str, str], ...]]:
    """Rows that can be compared whatever their order."""
    return sorted(tuple(sorted(row.items())) for row in rows)
