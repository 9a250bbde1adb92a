"""A short run of `make fuzz`: the fuzzer works here, and what it makes up breaks no reader."""

from importlib.util import find_spec

import pytest

from fuzz import __main__ as fuzz
from fuzz.targets import TARGETS


@pytest.mark.skipif(not find_spec("atheris"), reason="atheris has no wheel for this machine")
def test_a_second() -> None:
    found = fuzz.fuzzed("table", seconds=1)
    assert found.crashes == ()
    assert found.read > 0


def test_no_target_is_left_out() -> None:
    assert {target.__name__ for target in TARGETS} == set(fuzz.TARGETS)
