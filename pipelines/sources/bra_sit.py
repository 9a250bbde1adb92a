"""Labour inspection of Brazil: workers found in slavery-like labour, inspections, wages paid.

Authority: Ministério do Trabalho e Emprego, Secretaria de Inspeção do Trabalho (SIT). It publishes
a balance on 28 January of each year and keeps a panel, Radar SIT, whose figures grow for a year or
two after. No file is offered: the figures were typed from pages that print the balances; each row
names its page and the month in which it was printed. That month is the release, its last day the
day; a figure that is printed again is a revision.
One page is of the government's own news agency (Agência Brasil): that of the balance of 28 January
2020, with 1,054 workers of 2019. It is a release of its own, of that day, and the authority's own
word (OWN). All others are of newspapers, parties and unions, some of which reprint the agency:
REPEATED.
Counted: workers whom inspectors found in slavery-like labour (Penal Code, article 149: forced
labour, exhausting days, degrading conditions, debt), in the year of the inspection. It is wider
than trafficking for forced labour: FORCEDLAB, and no victims of trafficking as such.
Inspections are "ações fiscais" only. Until 2019 balances count establishments, in 2023 operations:
other units, set aside. Wages are what employers paid to the workers found, severance included, in
Brazilian reais of the year. "More than 9 million" (2025) is no figure.
Complaints to Disque 100 and to the labour prosecution service are not read: they are of
slavery-like labour, not of trafficking, and were not examined.
"""

from typing import Final

import pandas as pd

from pipelines.reader.labels import UnknownLabelError
from pipelines.reader.rows import NO_INDICATOR, File, FileRefusedError, Rows, Tidy
from pipelines.reader.source_metadata import read_source

HERE: Final = "in pipelines/sources/bra_sit.py"
INDICATOR: Final = {
    ("workers found", "person"): "DEM_LAB_FOUND",
    ("inspections", "inspection (ação fiscal)"): "DEM_LAB_INSP",
    ("wages and severance paid, BRL", "BRL"): "DEM_LAB_PAID",
}
NOT_TAKEN: Final = ("complaints, Disque 100", "complaints, MPT")
OTHER_UNITS: Final = ("establishment", "operation")
MINIMUM: Final = "lower bound"
"""Words of a note beside a figure that is a minimum."""

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the figures of one month's prints, in our codes."""
    rows = Rows(file, SOURCE)
    raw = rows.raw
    if len({printed[:4] for printed in raw["published"].astype(str)}) > 1:
        raise FileRefusedError(f"{file.path}: several prints; give each a file of its own")
    rows.set_aside(raw["counted"].isin(NOT_TAKEN), NO_INDICATOR)
    rows.set_aside(raw["unit"].isin(OTHER_UNITS), "counted_in_another_unit")
    rows.set_aside(raw["note"].astype(str).str.contains(MINIMUM), "minimum_not_a_count")
    rows.mark(raw["is_exact"] == "0", "E")
    return rows.tidy(
        ref_area="BRA",
        indicator=rows.recode(("counted", "unit"), _indicator, "indicator"),
        time_period=raw["year"].array,
        comment=pd.Categorical(raw["note"]),
        locator=raw["url"].astype("str") + ", row " + raw["row"].astype("str"),
        **rows.figure("value"),
    )


def _indicator(counted: str, unit: str) -> str:
    if (counted, unit) not in INDICATOR:
        raise UnknownLabelError(
            f"unknown count '{counted}' in '{unit}': add it to INDICATOR {HERE}"
        )
    return INDICATOR[counted, unit]
