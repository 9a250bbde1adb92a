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
from typing import Any

from pipelines.published.extracts.sdmx import codes
from pipelines.published.extracts.sdmx.structure import Component, Flow, Item, table
from schemas import codelists


def flow(named: Item, concepts: Mapping[str, Item], known: Mapping[str, Component]) -> Flow:
    """Return a dataflow and its data structure, of concepts and components of `DF_TIP` by id."""
    components = []
    for row in (row for row in table("component") if row["flow"] == named.id):
        concept, name, text_type = concepts[row["concept"]], row["codes"], row["text_type"]
        shape: dict[str, Any] = {"role": row["role"], "usage": row["usage"]}
        if not name and not text_type:
            components.append(replace(known[concept.id], **shape, attached_to=""))
            continue
        # The project's list of that name, else the indicator's own; none without a name.
        listed = codes.of_lists if name in codelists.NAMES else codes.of_indicator
        codelist = listed(concept, name) if name else None
        components.append(
            Component(concept=concept, codelist=codelist, text_type=text_type, **shape)
        )
    return Flow(named.id, named.names, named.descriptions, components=tuple(components))
