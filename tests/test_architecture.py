"""The order of reading in `pipelines` names what is there, and the order is that of the imports."""

import re
import tomllib

from conftest import ROOT

import pipelines

PLACES = re.findall(r"^- `(\w+)`", pipelines.__doc__ or "", re.M)


def test_the_order_of_reading_is_complete() -> None:
    there = {path.stem for path in (ROOT / "pipelines").iterdir() if path.name[0] not in "_."}
    assert sorted(PLACES) == sorted(there)
    assert len(there) <= 18, "a room for everything, and few rooms"


def test_it_is_the_order_in_which_they_may_import_each_other() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers = tool["importlinter"]["contracts"][0]["layers"]
    rooms = [name for layer in layers[::-1] for name in re.findall(r"pipelines\.(\w+)", layer)]
    assert rooms == PLACES


def test_every_folder_says_what_belongs_there() -> None:
    for folder in (ROOT / "pipelines").iterdir():
        if (folder / "__init__.py").is_file():
            text = (folder / "__init__.py").read_text(encoding="utf-8")
            assert text.startswith('"""'), folder
            assert len(text.split('"""')[1].split()) > 12, folder
