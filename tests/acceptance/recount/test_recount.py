"""Every published cell is the one in the publisher's own file, and none of the file is absent."""

import importlib.util
import pickle
from collections.abc import Callable
from functools import cache
from itertools import cycle
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from recount import int_unodc_glotip
from recount.compare import differences, kept_out, published, rows_of
from recount.figures import Recount
from recount.plant import DEFECTS, in_quarantine

MANIFEST = Path(__file__).parents[3] / "data" / "raw" / "manifest.csv"
SOURCES = sorted(pd.read_csv(MANIFEST)["source"].unique())


@pytest.fixture
def recounted(once, publisher_file) -> Callable[[str], Recount]:
    """The recount of a source, made once for all processes that run tests."""

    def of(source: str) -> Recount:
        if not importlib.util.find_spec(f"recount.{source}"):
            pytest.skip(
                f"nobody has recounted {source} yet: write tests/acceptance/recount/{source}.py"
            )
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
def held(built) -> Callable[[str], tuple[pd.DataFrame, pd.DataFrame]]:
    """The published figures and the quarantine of a source, from the shipped warehouse."""
    return lambda source: tuple(frame.copy() for frame in _held(built, source))


@cache
def _held(warehouse: Path, source: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    with duckdb.connect(warehouse, read_only=True) as connection:
        return published(connection, source), kept_out(connection, source)


@pytest.mark.parametrize("source", SOURCES)
def test_published_figures_are_those_of_the_file(source, recounted, held) -> None:
    assert differences(recounted(source), *held(source)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_the_account_begins_with_the_rows_of_the_file(source, recounted, query) -> None:
    rows_in = "select release, rows from row_account where outcome = 'in'"
    account = dict(query(f"{rows_in} and source = '{source}'"))
    counted = recounted(source)
    assert account == {release: counted.rows(release) for release in account}


def test_what_a_correction_doubts_in_unodcs_files_is_published_as_doubtful(
    publisher_file, held, connection
) -> None:
    doubtful = connection.sql(
        "select release || ', ' || locator from harmonised.observation "
        "where source = 'int_unodc_glotip' and has_status(obs_status, 'U')"
    ).fetchall()
    marked = {row for (place,) in doubtful for row in rows_of(place)}
    _, quarantine = held("int_unodc_glotip")
    kept_out = {row for place in quarantine["place"] for row in rows_of(place)}
    doubted = set(int_unodc_glotip.doubted(publisher_file))
    assert len(doubted) > 50
    assert doubted - marked - kept_out == set()


@pytest.mark.parametrize(("source", "defect"), [*zip(SOURCES, cycle(DEFECTS), strict=False)])
def test_a_planted_defect_is_found(source, defect, recounted, held) -> None:
    """One in each source, and each in some sources: all recounts are compared alike."""
    found, quarantine = held(source)
    spoilt, places = DEFECTS[defect](found)
    assert _unreported(places, differences(recounted(source), spoilt, quarantine)) == []


def test_a_defect_of_the_quarantine_is_found(recounted, held) -> None:
    counted, (found, sound) = recounted("usa_tip_report"), held("usa_tip_report")
    for defect, (spoilt, places) in in_quarantine(sound, found):
        assert _unreported(places, differences(counted, found, spoilt)) == [], defect


@pytest.mark.parametrize(
    ("rule", "is_reported"), [("one_row_per_cell", True), ("no_stand_in_for_no_answer", False)]
)
def test_only_a_doubt_may_keep_out_what_can_be_read(rule, is_reported, recounted, held) -> None:
    found, quarantine = held("jam_statin")
    row = found.iloc[[0]].assign(printed='{"Value": "0.0"}', text="0.0", rule=rule)
    reported = differences(recounted("jam_statin"), found.iloc[1:], pd.concat([quarantine, row]))
    assert reported == [f"{row['place'].iloc[0]}: is in quarantine, but can be read"] * is_reported


def _unreported(places: list[str], reported: list[str]) -> list[str]:
    return [place for place in places if not any(line.startswith(place) for line in reported)]


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
        ("2025-10-28, {}s 53134-53135", "<5 + <5", 2, 8),  # Bolivia, other sex
        ("2025-10-28, {}s 59091-59092", "<5 + 115", 116, 119),  # Venezuela, men prosecuted
        ("2025-10-28, {}s 65181-65183", "0 + 1,228 + 1,533", 2761, 2761),  # USA, other forms
        ("2025-10-28, {}s 59953-59955", "0 + 0 + 0", 0, 0),  # Belize, other forms
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
        ("2025-10-28", 59943),  # Belize 2017, convicted by form: 0 + 0
        ("2025-10-28", 60482),  # Costa Rica 2018: 19 + 30, the total is 30
        ("2025-10-28", 61639),  # Guyana 2018: 54 + 54, may be one figure printed twice
        ("2025-10-28", 63708),  # Peru 2020: 147 is the sum that April 2025 prints in five rows
        ("2025-10-28", 63716),  # Peru 2021: 199 + 24 + 70 + 5, where 199 is that sum
    ],
)
def test_rows_that_unodc_prints_in_one_cell_without_a_reading(recounted, release, row) -> None:
    place = f"{release}, data_glotip.xlsx, sheet data_glotip_1, row {row}"
    assert place in set(recounted("int_unodc_glotip").no_code["place"])
