"""Every published cell is the one in the publisher's own file, and none of the file is absent."""

import importlib
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from recount.compare import differences, kept_out, published
from recount.figures import Recount
from recount.plant import DEFECTS, in_quarantine

HERE = Path(__file__).parent
SOURCES = sorted(path.stem for path in HERE.glob("???_*.py"))
"""The modules of sources begin with the three letters of a state or of `int` and `ref`."""


@pytest.fixture
def recounted(once, publisher_file) -> Callable[[str], Recount]:
    """The recount of a source, made once for all processes that run tests."""

    def of(source: str) -> Recount:
        module = importlib.import_module(f"recount.{source}")
        make = lambda folder: _keep(module.recount(publisher_file), folder)  # noqa: E731
        return _kept(once(f"recount_{source}", make))

    return of


def _keep(counted: Recount, folder: Path) -> None:
    (folder / "recount.pickle").write_bytes(pickle.dumps(counted))


@cache
def _kept(folder: Path) -> Recount:
    return pickle.loads((folder / "recount.pickle").read_bytes())


@pytest.fixture
def warehouse(built):
    with duckdb.connect(built, read_only=True) as connection:
        yield connection


def test_every_source_is_recounted(warehouse) -> None:
    """A new source needs a module here that counts its figures anew."""
    found = warehouse.execute("select distinct source from row_account").fetchall()
    assert {source for (source,) in found} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_published_is_what_the_file_says(source, recounted, warehouse) -> None:
    counted = recounted(source)
    assert differences(counted, published(warehouse, source), kept_out(warehouse, source)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_the_account_begins_with_the_rows_of_the_file(source, recounted, warehouse) -> None:
    sql = "select release, rows from row_account where source = ? and outcome = 'in'"
    account = dict(warehouse.execute(sql, [source]).fetchall())
    counted = recounted(source)
    assert account == {release: counted.rows(release) for release in account}


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("source", SOURCES)
def test_a_planted_defect_is_found(source, defect, recounted, warehouse) -> None:
    sound, quarantine = published(warehouse, source), kept_out(warehouse, source)
    spoilt, places = DEFECTS[defect](sound)
    said = differences(recounted(source), spoilt, quarantine)
    assert _unsaid(places, said) == []


def test_a_defect_of_the_quarantine_is_found(recounted, warehouse) -> None:
    source = "usa_tip_report"
    found, sound = published(warehouse, source), kept_out(warehouse, source)
    for defect, (spoilt, places) in in_quarantine(sound, found):
        assert _unsaid(places, differences(recounted(source), found, spoilt)) == [], defect


def test_a_readable_figure_is_not_to_be_kept_out_as_unreadable(recounted, warehouse) -> None:
    """Other rules may doubt it; then it is accounted for."""
    source = "jam_statin"
    found, sound = published(warehouse, source), kept_out(warehouse, source)
    row = found.iloc[[0]].assign(printed='{"Value": "0.0"}')
    assert list(row["value_raw"]) == ["0.0"]
    for rule, said in {
        "S5": [f"{row['place'].iloc[0]}: is in quarantine, but can be read"],
        "V6": [],
    }.items():
        spoilt = pd.concat([sound, row.assign(rule=rule)])
        assert differences(recounted(source), found.iloc[1:], spoilt) == said


def _unsaid(places: list[str], said: list[str]) -> list[str]:
    return [place for place in places if not any(line.startswith(place) for line in said)]


@pytest.mark.parametrize(
    ("place", "printed", "lower", "upper"),
    [
        ("2025-04-14, {}s 57248-57252", "<5 + 116 + 10 + 40 + <5", 166, 174),  # Peru, other forms
        ("2025-04-14, {}s 55371-55374", "7 + 8 + 20 + 44", 79, 79),  # Guatemala, other forms
        ("2025-04-14, {}s 58583-58585", "<5 + 1,228 + 1,533", 2761, 2765),  # USA, other forms
        ("2025-04-14, {}s 58707-58708", "8 + 32", 40, 40),  # Venezuela, girls in other forms
        ("2025-04-14, {}s 53264-53265", "<5 + 115", 115, 119),  # Venezuela, men prosecuted
        ("2025-04-14, {}s 48063-48064", "98 + 141", 239, 239),  # Bolivia, men
        ("2025-04-14, {}s 53060-53061", "<5 + <5", 0, 8),  # Uruguay, men
        ("2023-05-30, {}s 42644-42648", "<5 + <5 + 16 + <5 + 96", 112, 124),  # Argentina
    ],
)
def test_figures_that_unodc_prints_in_several_rows(
    recounted, place: str, printed: str, lower: int, upper: int
) -> None:
    """Worked out by hand from the sheet."""
    figures = recounted("int_unodc_glotip").figures.set_index("place")
    figure = figures.loc[place.format("data_glotip.xlsx, sheet data_glotip_1, row")]
    assert tuple(figure[["value_raw", "lower", "upper"]]) == (printed, lower, upper)


@pytest.mark.parametrize(
    ("release", "row"),
    [
        ("2025-04-14", 54426),  # Costa Rica 2017: 7 + <5 + 40, the total is 39
        ("2025-04-14", 54437),  # Costa Rica 2018: 19 + 30, the total is 30
        ("2025-04-14", 55416),  # Guyana 2018: 54 + 54, may be one figure printed twice
        ("2023-05-30", 43360),  # Costa Rica 2019: 27 + 40, the total is 62
        ("2025-04-14", 54345),  # Colombia 2018, convicted by form: 28 + 17 + 11, the total is 28
        ("2023-05-30", 42951),  # Belize 2017, convicted by form: <5 + <5
    ],
)
def test_rows_that_unodc_prints_in_one_cell_without_a_reading(recounted, release, row) -> None:
    place = f"{release}, data_glotip.xlsx, sheet data_glotip_1, row {row}"
    assert place in set(recounted("int_unodc_glotip").no_code["place"])
