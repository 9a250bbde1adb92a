"""Reference metadata of each source, by the concepts of ESMS 2.0, in four languages.

ESMS is the Euro SDMX Metadata Structure; `esms_attribute.csv` lists its concepts that a fact of the
warehouse answers. Other concepts are left out: what a publisher does not state is not made up.
"""

from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from pipelines.lib.accents import without_accents
from pipelines.published.catalogue import Row, sources
from pipelines.words import messages
from pipelines.words.language import Language
from schemas import codelists

_HERE: Final = Path(__file__).parent


@cache
def attributes() -> dict[str, dict[str, str]]:
    """Return the names of each attribute by language, in the order of a report."""
    rows = codelists.rows(_HERE / "esms_attribute.csv")
    return {
        row["code"]: {code: row[f"name_{code}"] for code in codelists.LANGUAGES} for row in rows
    }


def reports(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    """Return the reports of the sources whose figures may be passed on.

    A row has the members `source`, `attribute`, `language` and `text`, in the order of sources,
    attributes and languages. An attribute of which nothing is known has no row.

    Args:
        connection: of a warehouse; of one that is attached, after `use <its name>`.
    """
    found = []
    for row in sources(connection):
        said = {code: _texts(row, Language(code, {}, {})) for code in codelists.LANGUAGES}
        for attribute in attributes():
            for code in codelists.LANGUAGES:
                if text := said[code][attribute]:
                    place = {"source": row["source"], "attribute": attribute, "language": code}
                    found.append(place | {"text": text})
    return found


def _texts(row: Row, language: Language) -> dict[str, str]:
    """Return what is known of a source, by attribute; "" where nothing is."""

    def own(column: str) -> str:
        return str(row[f"{column}_{language.code}"])

    def name(codelist: str) -> str:
        return codelists.labels(codelist, language.code)[row[codelist]]

    def say(attribute: str, form: str = "", **numbers: object) -> str:
        # A number comes as it is printed, and as `<name>_n` for grammar alone.
        values: dict[str, str | float] = {}
        for each, value in numbers.items():
            is_number = isinstance(value, int)
            values[each] = language.number(value) if isinstance(value, int) else str(value)
            values |= {f"{each}_n": value} if is_number else {}  # type: ignore[dict-item]
        return messages.said("esms", attribute, form, language=language.code, values=values)

    def numbers(*columns: str) -> dict[str, object]:
        return {column: row[column] for column in columns}

    areas = codelists.labels("area", language.code)
    small = "HIDES" if row["threshold"] else "SUPPRESSES" if row["suppressed"] else "NONE"
    sums = numbers("held", "failed", "untestable")
    to_release, overdue, revisions = row["days_to_release"], row["days_overdue"], row["revisions"]
    return {
        "CONTACT_ORGANISATION": row["publisher"] if language.code == "en" else own("publisher"),
        "DATA_DESCR": own("counted"),
        "STAT_CONC_DEF": name("def_scope"),
        "REF_AREA": ", ".join(sorted((areas[code] for code in row["areas"]), key=without_accents)),
        "COVERAGE_TIME": say("COVERAGE_TIME", first=row["first_year"], last=row["last_year"]),
        "REF_PERIOD": name("time_basis"),
        "CONF_DATA_TR": say("CONF_DATA_TR", small, **numbers("threshold", "suppressed", "figures")),
        "REL_POL_US_AC": own("licence"),
        "FREQ_DISS": messages.said(
            "esms",
            "FREQ_DISS",
            "IRREGULAR" if row["release_day"] == "RETRIEVED" else "REGULAR",
            language=language.code,
            values={"months": row["months"]},
        ),
        "ONLINE_DB": str(row["page"]),
        "ACCURACY_OVERALL": say(
            "ACCURACY_OVERALL",
            "SUMS" if any(sums.values()) else "NO_SUMS",
            **sums,
            **numbers("kept_out"),
        ),
        "TIMELINESS": "" if to_release is None else say("TIMELINESS", days=to_release),
        "PUNCTUALITY": ""
        if overdue is None
        else say("PUNCTUALITY", "OVERDUE" if overdue else "IN_TIME", days=overdue),
        "COMPAR_GEO": say("COMPAR_GEO", level=name("comparability")),
        "COMPAR_TIME": say("COMPAR_TIME", breaks=row["breaks"]),
        "COHER_X_DOM": say("COHER_X_DOM", pairs=row["pairs"], agreeing=row["pairs_agreeing"]),
        "REV_PRACTICE": say(
            "REV_PRACTICE", "ONE" if revisions is None else "SEVERAL", revisions=revisions
        ),
        "SOURCE_TYPE": name("coll_method"),
        # What must be known before using the figures, and what the source leaves out.
        "COMMENT_DSET": " ".join(filter(None, (own("caution"), own("leaves_out")))),
    }
