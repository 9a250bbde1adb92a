"""The figures that a page carries, whole, as chart.js puts them together."""

import copy
import json

from lxml import html

from pipelines.published.site.embed_charts import changed


def whole(content: dict) -> dict[str, dict]:
    """The figures by anchor, with what they have in common put back."""

    def filled(kind: str, item: dict) -> dict:
        return copy.deepcopy(content["common"].get(kind, {})) | item

    return {anchor: changed(figure, filled) for anchor, figure in content["own"].items()}


def of_page(page: str) -> dict[str, dict]:
    """The figures of a page's HTML by anchor; none if it draws nothing."""
    texts = html.document_fromstring(page).xpath("//script[@id='drawn']/text()")
    return whole(json.loads(texts[0])) if texts else {}
