"""The flow of SDG indicator 16.2.2, in the shape of the UN's data structure `IAEG-SDGs:SDG`.

Ids and order of the dimensions are that structure's; attributes and codes are those of its lists
that the indicator uses. It is trimmed, and therefore TIPSTAT's: who loads it into a system of the
SDGs names the UN's dataflow in its place.

That structure knows no source, so there is one figure a key:

- `REPORTING_TYPE` G: detected victims as states told an international body in its questionnaire,
  each series from the release that came last. All have them from UNODC; an earlier release is the
  same count, aged.
- `REPORTING_TYPE` N: what an authority of the state itself publishes as detected victims. What
  states call 16.2.2 and is no count of victims (complaints, incidents, offences) is not here.
- The series of rates (`VC_HTF_DETVR` ...) are as printed, `NATURE` C, or those of
  `published.rate`, `NATURE` CA: there is none of a suppressed count. `COMMENT_OBS` says which.

Other forms of exploitation together (OTH) have no series and stay out, as do citizenships, states
of repatriation and subdivisions. A suppressed figure is `NaN`, status Q, with its bounds; an exact
figure has none. The kind of year stands in `TIME_DETAIL`, the release in `SOURCE_DETAIL`.
"""

from collections.abc import Mapping

from pipelines.published.extracts.sdmx import codes
from pipelines.published.extracts.sdmx.structure import Codelist, Component, Flow, Item
from pipelines.published.extracts.sdmx.tables import table
from schemas import codelists


def flow(named: Item, concepts: Mapping[str, Item]) -> Flow:
    """The dataflow of the indicator and its data structure, of concepts by their id.

    Its components are the columns of `sdg_16_2_2.sql`, in their order.
    """
    rows = table("sdg_component").to_dict("records")
    components = tuple(_component(row, concepts[row["concept"]]) for row in rows)
    return Flow(named.id, named.names, named.descriptions, components=components)


def _component(row: Mapping[str, str], concept: Item) -> Component:
    return Component(
        concept=concept,
        role=row["role"],
        codelist=_codelist(row["codes"], concept),
        text_type=row["text_type"],
        usage=row["usage"],
    )


def _codelist(name: str, concept: Item) -> Codelist | None:
    """A list of the project's if there is one of the name, else one of the indicator's own."""
    if name in codelists.NAMES:
        return codes.of_lists(concept, name)
    return codes.of_indicator(concept, name) if name else None
