"""The columns of an observation: one row is one figure, as an authority published it.

`COLUMNS` is the only definition of the columns of an observation, their types and codes; the rules
for a single row are in `observation_rules`, and `contract` joins the two. The database types, the
comments in the warehouse and the data dictionary come from it. Concepts follow SDMX;
`schemas/codelists` has the codes.
"""

from typing import Final

from schemas.fields import Field, coded, distinct_text, listed, long_text, number

KEY: Final = (
    "source", "release", "ref_area", "indicator", "freq", "time_basis", "time_period", "sex",
    "age", "exploitation", "citizenship", "counterpart_role", "counterpart_area", "breakdown",
)  # fmt: skip
"""Columns that identify a row. Sources may contradict each other, and every release is kept."""

CELL: Final = KEY[2:]
"""The key without source and release: it identifies a cell across releases."""

DISAGGREGATIONS: Final = ("sex", "age", "exploitation", "citizenship", "breakdown")
"""The dimensions in which `_T` is the total."""

COLUMNS: Final[dict[str, Field]] = {
    "source": distinct_text("Source, as in the table source: <iso3 or int>_<publisher>."),
    "release": distinct_text(
        "Date on which the publisher released the file (ISO 8601); if unknown, the date of "
        "cut-off or retrieval."
    ),
    "ref_area": coded(
        "State of the statistic, ISO 3166-1 alpha-3, or its subdivision, ISO 3166-2.",
        "area",
        "subdivision",
    ),
    "indicator": coded("What is counted; implies the counting unit and the stage.", "indicator"),
    "freq": coded("Length of the period: A year, Q quarter, M month.", "freq"),
    "time_basis": coded(
        "Meaning of a year: calendar, fiscal (FY and the month and day on which it begins), "
        "point in time.",
        "time_basis",
    ),
    "time_period": distinct_text(
        "YYYY, YYYY-Qn or YYYY-MM. A fiscal year is named after the calendar year with most of "
        "its months, the later one in a tie."
    ),
    "sex": coded("Sex of the persons counted; _T all, _U unknown.", "sex"),
    "age": coded("Age band of the persons counted; _T all, _U unknown.", "age"),
    "exploitation": coded("Form of exploitation, after ICCS 02041-02044.", "exploitation"),
    "citizenship": coded(
        "Citizenship of the persons counted: alpha-3, or NAT, FOR, _T, _U, _O, XXA, _X.",
        "citizenship",
        "area",
    ),
    "counterpart_role": coded("Role of the other state; _Z if there is none.", "counterpart_role"),
    "counterpart_area": coded("The other state; _T all states, _Z none.", "area"),
    "breakdown": coded("One further breakdown; _T if there is none.", "breakdown"),
    "value": number("The figure; empty if it was not printed as a single number.", nullable=True),
    "lower": number(
        "Lowest possible figure: of <5 1 where the release prints zeros, else 0; the figure "
        "if exact.",
        nullable=True,
    ),
    "upper": number(
        "Highest possible figure: 4 for <5, the figure if exact; empty if none is known.",
        nullable=True,
    ),
    "obs_status": distinct_text(
        "Status of the figure, SDMX CL_OBS_STATUS; several are joined by ; the main one first.",
        codelist="obs_status",
    ),
    "conf_status": coded("Confidentiality, SDMX CL_CONF_STATUS.", "conf_status"),
    "def_scope": coded("Legal scope of trafficking in the figure.", "def_scope"),
    "value_raw": distinct_text(
        "The printed text, unchanged; the value is read from it. `withheld` if an earlier "
        "release printed it, and it would narrow a hidden figure."
    ),
    "locator": long_text("Place of the printed cell: file, sheet, row."),
    "flags": listed(
        "Codes of what was found about this figure before it was published: doubts, sums, "
        "corrections, an inferred year, a break of its series; several are joined by ;",
        "remark",
        "break_reason",
    ),
    "correction": listed(
        "Lines of data/corrections.csv that changed the figure or doubt it, by id; several are "
        "joined by ;"
    ),
    "true_since": distinct_text(
        "Day from which what a yes-or-no indicator asks is true, ISO 8601; empty where it is "
        "not known, and for counts.",
        nullable=True,
    ),
    "comment": distinct_text(
        "Note on this figure, in the publisher's or a reader's words.", nullable=True
    ),
}
"""The columns in their order."""
