"""docs/faults.md: every fault has a test, and every test that it names exists."""

import ast
import re

import pytest
from conftest import ROOT

ROWS = re.findall(
    r"^\| (\d+) \| .+ \| (.+) \|$", (ROOT / "docs/faults.md").read_text(encoding="utf-8"), re.M
)


def test_every_fault_has_a_line() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 23))


@pytest.mark.parametrize(("number", "proof"), ROWS)
def test_the_tests_named_for_a_fault_exist(number: str, proof: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", proof)
    assert len(named) == proof.count("`") // 2 > 0
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


def test_every_requirement_is_locked_by_its_hash() -> None:
    for file in sorted(ROOT.glob("requirements*.txt")):
        text = re.sub(r"\\\n\s*", " ", file.read_text(encoding="utf-8"))
        pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line, re.I)]
        assert pinned
        assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
