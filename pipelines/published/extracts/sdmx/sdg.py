"""The flow of SDG indicator 16.2.2, in the shape of the UN's data structure `IAEG-SDGs:SDG`.

Ids and order of the dimensions are those of that structure; attributes and codes are the ones that
the indicator uses. It is a subset, so its agency is TIPSTAT: to load it into a system of the SDGs,
name the UN's dataflow instead.

That structure has no dimension for the source, so each key has one figure:

- `REPORTING_TYPE` G: detected victims as states reported them in the questionnaire of an
  international body, each series from its latest release. All come from UNODC; an earlier release
  has the same count, out of date.
- `REPORTING_TYPE` N: detected victims as published by an authority of the state itself. Other
  figures that states report as 16.2.2 (complaints, incidents, offences) are left out.
- The series of rates (`VC_HTF_DETVR` ...) are as printed, `NATURE` C, or those of
  `published.rate`, `NATURE` CA; a suppressed count has none. `COMMENT_OBS` names the kind.

Other forms of exploitation together (OTH) have no series and are left out, as are citizenships,
states of repatriation and subdivisions. A suppressed figure is `NaN`, status Q, with its bounds; an
exact figure has no bounds. `TIME_DETAIL` has the kind of year, `SOURCE_DETAIL` the release.
"""

from collections.abc import Mapping

from pipelines.published.extracts.sdmx import codes
from pipelines.published.extracts.sdmx.structure import Codelist, Component, Flow, Item
from pipelines.published.extracts.sdmx.tables import table
from schemas import codelists


def flow(named: Item, concepts: Mapping[str, Item]) -> Flow:
    """Return the dataflow of the indicator and its data structure, of concepts by id.

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
    """Return the project's list of that name, else the indicator's own; None without a name."""
    if name in codelists.NAMES:
        return codes.of_lists(concept, name)
    return codes.of_indicator(concept, name) if name else None
