"""The figures in a page's JSON, restored as chart.js restores them."""

import copy
import json

from lxml import html

from pipelines.published.site.embed_charts import changed


def whole(page: dict) -> dict[str, dict]:
    """Return the figures by anchor, merged with their common properties."""

    def filled(kind: str, item: dict) -> dict:
        return copy.deepcopy(page["common"].get(kind, {})) | item

    return {anchor: changed(figure, filled) for anchor, figure in page["own"].items()}


def of_page(page: str) -> dict[str, dict]:
    """Return the figures of a page's HTML by anchor; none if it draws nothing."""
    texts = html.document_fromstring(page).xpath("//script[@id='drawn']/text()")
    return whole(json.loads(texts[0])) if texts else {}
