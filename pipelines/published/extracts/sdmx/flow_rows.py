"""The rows of a flow, as a query of the warehouse."""

from typing import Final

from pipelines.published.extracts.queries import query
from pipelines.published.extracts.sdmx.files import NAMES
from pipelines.published.extracts.sdmx.structure import Flow

FIGURES: Final = {
    "DF_NEWEST": "published.newest",
    "DF_NATIONAL": "published.national_series",
    "DF_TIP": "published.observation",
}
"""The figures of flows whose rows are figures as they are published."""


def rows(flow: Flow, figures: str = "") -> str:
    """Return the query of a flow's rows: its components by name, in their order.

    Args:
        flow: one of `NAMES`; the two of figures to cite ask the relation `said` too.
        figures: a relation to ask in place of the published figures.
    """
    figure = ""
    if published := FIGURES.get(flow.name):
        figure = query("sdmx/figure").format(figures=figures or published)
    asked = query(f"sdmx/{NAMES[flow.name]}").rstrip().removesuffix(";")
    listed = ", ".join(f'"{each.id}" as "{each.id}"' for each in flow.components)
    return f"select {listed} from ({asked.format(figure=figure)})"  # noqa: S608  # names of ours
