"""Interface texts; tests/schemas/test_codelists.py has the checks they share with code lists."""

import re

import pytest

from pipelines.published.i18n import interface_text
from schemas.codelists import LANGUAGES


@pytest.mark.parametrize("name", interface_text.NAMES)
def test_every_text_has_the_same_placeholders_in_each_language(name):
    uneven = [
        row["code"]
        for row in interface_text.load(name).to_dict("records")
        if len({frozenset(re.findall(r"{(\w+)}", row[f"name_{code}"])) for code in LANGUAGES}) > 1
    ]
    assert uneven == []
