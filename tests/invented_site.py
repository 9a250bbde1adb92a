"""A small warehouse of invented figures, and pages taken apart: what the tests of the site share.

`invented_warehouse` makes a DuckDB file with what the pages read.
"""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pandas as pd

from schemas import codelists

HOSTILE = '<a href="https://evil.example/">link</a></script><script>window.bad=1</script><b>&amp;'
AREAS = f"""
ARG|Argentina|Argentina|Argentina|Argentine
BRA|Brazil|Brasil|Brasil|Brésil
CHL|Chile|Chile|Chile|Chili
DMA|Dominica|Dominica|Dominica|Dominique
ECU|Ecuador|Ecuador|Equador|Équateur
GRD|Grenada|Granada|Granada|Grenade
HTI|Haiti|Haití|Haiti|Haïti
JAM|{HOSTILE}|{HOSTILE}|{HOSTILE}|{HOSTILE}
SLV|El Salvador|El Salvador|El Salvador|Salvador
USA|United States|Estados Unidos|Estados Unidos|États-Unis
"""
# state|indicator|year|printed|status|basis|break reason|previous release|previous figure
HEADLINE = """
ARG|VIC_DETECT|2014|120|A|CY|||
ARG|VIC_DETECT|2015|0|A|CY|||
ARG|VIC_DETECT|2016|1,521|A|CY|||
ARG|VIC_DETECT|2018|60|A|CY||2023-05-30|83
ARG|VIC_DETECT|2019|<5|Q|CY||2023-05-30|17
ARG|VIC_DETECT|2020|35|B|CY|LAW_2020||
ARG|VIC_DETECT|2021|50|A|CY|||
ARG|VIC_DETECT|2022|1,247|P|CY|||
ARG|PER_CONTACT|2014|40|A|CY|||
ARG|PER_CONTACT|2015|<5|Q|CY|||
ARG|PER_CONTACT|2016|52|A|CY||2023-05-30|<5
ARG|PER_PROSEC|2014|20|A|CY|||
ARG|PER_PROSEC|2015|1|A|CY|||
ARG|PER_CONVICT|2015|0|A|CY|||
BRA|VIC_DETECT|2020|1|A|FY0401|||
CHL|VIC_DETECT|2021|<5|Q|CY|||
CHL|VIC_DETECT|2022|<5|Q|CY|||
DMA|VIC_DETECT|2013|7|A|CY|||
ECU|PER_PROSEC|2022|3|E;B|CY|||
GRD|OFF_RECORDED|2012|5|A|CY|||
JAM|VIC_DETECT|2021|11|B|CY|HOSTILE||
JAM|VIC_DETECT|2022|12|A|CY|||
JAM|PER_CONVICT|2022|2|A|CY|||
USA|VIC_DETECT|2021|10,070|A|CY|||
USA|VIC_DETECT|2022|16,390|A|CY|||
"""
# state|indicator|year|rule
WITHHELD = """
ARG|VIC_DETECT|2017|V6
SLV|VIC_DETECT|2021|V6
"""
# state|indicator|year|previous release|previous text|previous figure
WITHDRAWN = """
BRA|VIC_DETECT|2021|2023-05-30|36|36
"""
LISTS = {
    "indicator": "",
    "obs_status": "",
    "time_basis": "",
    "break_reason": f"""
LAW_2020|A new law widened the offence|Una nueva ley amplió el delito|Uma lei nova ampliou o crime|Une loi nouvelle a étendu l’infraction
HOSTILE|{HOSTILE}|{HOSTILE}|{HOSTILE}|{HOSTILE}
""",  # noqa: E501
}
NAMES = ["code", "name_en", "name_es", "name_pt", "name_fr"]
SOURCE = {
    "source": "int_tests",
    "publisher": "Office of Tests",
    "title": f"Yearbook {HOSTILE}",
    "citation": "Office of Tests, Yearbook",
    **{f"licence_{code}": "CC BY 4.0" for code in codelists.LANGUAGES},
    "address": "https://tests.example/yearbook.xlsx",
    **{f"counted_{code}": f"persons, in {code}" for code in codelists.LANGUAGES},
}
RELEASE = "2025-04-14"
LANGUAGES = codelists.LANGUAGES


def table(text: str, columns: list[str]) -> pd.DataFrame:
    lines = csv.reader(io.StringIO(text.strip()), delimiter="|", quoting=csv.QUOTE_NONE)
    return pd.DataFrame(list(lines), columns=columns, dtype=object).replace("", None)


def exact(printed: pd.Series) -> pd.Series:
    """The printed figures as numbers; a suppressed one has none."""
    return pd.to_numeric(printed.str.replace(",", ""), errors="coerce")


def headline(text: str) -> pd.DataFrame:
    """`published.headline` with those figures."""
    columns = [
        "ref_area", "indicator", "time_period", "value_raw", "obs_status", "time_basis",
        "break_reason", "previous_release", "previous_value_raw",
    ]  # fmt: skip
    rows = table(text, columns)
    suppressed = rows["value_raw"].str.startswith("<")
    value = exact(rows["value_raw"])
    return rows.assign(
        source=SOURCE["source"],
        release=RELEASE,
        year=rows["time_period"].astype(int),
        value=value,
        lower=value.where(~suppressed, 0),
        upper=value.where(~suppressed, 4),
        conf_status=suppressed.map({True: "A", False: "F"}),
        previous_value=exact(rows["previous_value_raw"].astype("str")),
    )


def invented_warehouse(path: Path, figures: str = HEADLINE, withheld: str = WITHHELD) -> Path:
    """A DuckDB file with the views and lists that the pages read."""
    kept_out = table(withheld, ["ref_area", "indicator", "time_period", "rule"])
    tables = {
        "published.headline": headline(figures),
        "published.withheld": kept_out.assign(
            source=SOURCE["source"], release=RELEASE, message="a stand-in"
        ),
        "published.withdrawn": table(
            WITHDRAWN,
            [
                "ref_area",
                "indicator",
                "time_period",
                "previous_release",
                "previous_value_raw",
                "previous_value",
            ],
        ).assign(
            source=SOURCE["source"],
            release=RELEASE,
            previous_value=lambda frame: frame["previous_value"].astype(float),
        ),
        "main.source": pd.DataFrame([SOURCE, {**SOURCE, "source": "ref_idle"}]),
        "main.held_back": pd.DataFrame(
            [{"source": "int_tests", "not_refreshed_since": "2025-04-14"}]
        ),
        "codelist.area": table(AREAS, NAMES).assign(is_oas="1"),
        **{
            f"codelist.{name}": table(text, NAMES) if text else codelists.load(name)[NAMES]
            for name, text in LISTS.items()
        },
    }
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema published; create schema codelist")
        for name, frame in tables.items():
            connection.register("frame", frame)
            connection.execute(f"create table {name} as from frame")
            connection.unregister("frame")
    return path


def tidy(text: str) -> str:
    """One space where HTML shows one; no-break spaces stay what they are."""
    return re.sub(r"[ \n]+", " ", text).strip(" ")


class Page(HTMLParser):
    """A page taken apart: its elements, the text of each, and its tables."""

    VOID = frozenset({"meta", "link", "br", "path", "circle", "!doctype"})

    def __init__(self, file: Path):
        super().__init__()
        self.text = file.read_text(encoding="utf-8")
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(self.text)
        assert not self.open, f"{file}: not closed: {[tag for tag, *_ in self.open]}"

    def handle_starttag(self, tag, attrs):
        """Opens an element, unless it has no content."""
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        """An element without content."""
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        """Closes the element that was opened last."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        """Text, which belongs to all that is open."""
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str | None], str]]:
        """Attributes and text of the elements of that name."""
        return [
            (attrs, tidy("".join(texts)))
            for name, attrs, texts in self.elements
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def tables(self) -> list[list[list[str]]]:
        """The cells of each table, row by row, without the footnotes' numbers."""
        found: list[list[list[str]]] = []
        for tag, _, texts in self.elements:
            if tag == "table":
                found.append([])
            elif tag == "tr":
                found[-1].append([])
            elif tag in ("th", "td"):
                found[-1][-1].append(tidy("".join(texts)))
        return found

    def charts(self) -> list[dict]:
        """The Plotly figures that the page carries."""
        return [json.loads(text) for _, text in self.all("script", type="application/json")]


def page(site: Path, code: str, language: str = "en") -> Page:
    return Page(site / language / "country" / f"{code.lower()}.html")


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))
