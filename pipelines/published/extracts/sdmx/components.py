"""The flows whose components are rows of `component.csv`, in the order of their columns.

`DF_NEWEST` and `DF_NATIONAL` have the figures to cite: the newest of each state and indicator, and
the series. A row without codes and type is the component of `DF_TIP` with that id.

`DF_SDG_16_2_2` is SDG indicator 16.2.2, in the shape of the UN's data structure `IAEG-SDGs:SDG`.

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
from dataclasses import replace

from pipelines.published.extracts.sdmx import codes
from pipelines.published.extracts.sdmx.structure import Codelist, Component, Flow, Item
from pipelines.published.extracts.sdmx.tables import table
from schemas import codelists


def flow(named: Item, concepts: Mapping[str, Item], known: Mapping[str, Component]) -> Flow:
    """Return a dataflow and its data structure, of concepts and components of `DF_TIP` by id."""
    rows = (row for row in table("component") if row["flow"] == named.id)
    components = (_component(row, concepts[row["concept"]], known) for row in rows)
    return Flow(named.id, named.names, named.descriptions, components=tuple(components))


def _component(row: Mapping[str, str], concept: Item, known: Mapping[str, Component]) -> Component:
    role, usage = row["role"], row["usage"]
    if not row["codes"] and not row["text_type"]:
        return replace(known[concept.id], role=role, usage=usage, attached_to="")
    codelist = _codelist(row["codes"], concept)
    return Component(
        concept=concept, role=role, codelist=codelist, text_type=row["text_type"], usage=usage
    )


def _codelist(name: str, concept: Item) -> Codelist | None:
    """Return the project's list of that name, else the indicator's own; None without a name."""
    if name in codelists.NAMES:
        return codes.of_lists(concept, name)
    return codes.of_indicator(concept, name) if name else None
