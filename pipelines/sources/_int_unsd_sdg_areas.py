"""Areas in the release files of the global SDG database, each by its M49 number and ISO3 code."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.reader.labels import UnknownLabelError
from schemas import codelists
from schemas.columns import per_category


def is_elsewhere(raw: pd.DataFrame) -> np.ndarray:
    """Return whether neither code of a row is of an American state; a region has no ISO3 code."""
    states = set(codelists.oas_states())
    numbers = _numbers()
    by_number = per_category(raw["geoAreaCode"], lambda code: numbers.get(code.zfill(3)) in states)
    return ~(by_number | raw["ISO3"].isin(states).to_numpy())


def state() -> Callable[[str, str], str]:
    """Return the translation of number and ISO3 code, which must agree, into our code."""
    numbers = _numbers()

    def to_code(number: str, iso3: str) -> str:
        if numbers.get(number.zfill(3)) != iso3:
            raise UnknownLabelError(f"M49 number {number} and ISO3 '{iso3}' do not agree")
        return iso3

    return to_code


def _numbers() -> dict[str, str]:
    """Return the alpha-3 code of each M49 number."""
    return {number: code for code, number in codelists.column("area", "m49").items()}
