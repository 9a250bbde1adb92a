"""Invented documents in the layouts of the UN's SDG database."""

import json

from pipelines.sources import discover

UNSD = discover()["int_unsd_sdg"]
TABLE, DOCUMENT, RATES = UNSD.source.layouts
TOTAL = {"ageCode": "_T", "sexCode": "_T", "unitsCode": "NUMBER", "reportingTypeCode": "G"}


def document(points: dict[int, dict], **area: str | None) -> str:
    """A JSON document with invented figures of one area, a year each."""
    of_series, of_area, of_point = (
        dict.fromkeys(DOCUMENT.header[start:end]) for start, end in ((0, 6), (6, 18), (18, None))
    )
    usual = of_point | TOTAL | {"natureCode": "C", "value_is_censored": False}
    data = [usual | {"timePeriod": year} | point for year, point in points.items()]
    place = {"geoAreaCode": "152", "ISO3": "CHL", **area}
    areas = [of_area | place | {"data": data}, of_area | {"data": []}]
    return json.dumps(of_series | {"seriesCode": "VC_HTF_DETV", "refAreas": areas})
