"""An attack by subtraction on all that is published: nothing of ours tells a suppressed figure.

UNODC hides single cells, so its own file gives some of them away: these are counted. All else that
is published (views, earlier releases, other sources of the same victims) is attacked together with
that file, and must give away no further cell. Whether an identity holds is not known; the attacker
takes every one that may. No test names a suppressed figure or says its value.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
import pytest
from attack import BLOCK, Cell, Found, given_away
from statements import Connection, beyond, narrower, printed
from told import REPEATED, printed_rates, views

pytestmark = pytest.mark.slow

UNODC: Final = "int_unodc_glotip"
NEW, OLD = f"{UNODC} 2025-04-14", f"{UNODC} 2023-05-30"
PRINT_AS_THEY_DO: Final = ("usa_tip_report", "jam_statin")
"""Sources whose print stays as it is, although UNODC hides some of the same figures: the US report
(persons prosecuted and convicted, and totals of victims that UNODC leaves out) and STATIN."""

OVERLAP: Final = pytest.mark.parametrize("overlap", [False, True], ids=["forms", "overlap"])
"""The attacker takes it that forms of exploitation add up, or that they overlap."""

GIVEN_AWAY: Final = {False: (1924, 190), True: (1637, 184)}
"""Suppressed cells of states of the OAS that UNODC's two releases give away, and how many of them
are all persons of one sex."""

GIVEN_BY_OTHERS: Final = {False: 35, True: 34}
"""Further cells that they and those who print as they do give away together."""

TURNED_BACK: Final = {"share", "national_sum", "series", "need", "trend"}
WITHOUT_FIGURES: Final = {"comparability", "coverage", "withheld"}
OF_ALL_STATES: Final = {"quality"}
"""Counts, and medians and shares of printed figures of all states: of no single cell."""


@pytest.fixture(scope="module")
def connection(built: Path) -> Iterator[Connection]:
    with duckdb.connect(built, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def prints(connection: Connection) -> pd.DataFrame:
    """What publishers print."""
    return pd.concat([printed(connection), printed_rates(connection)])


@pytest.fixture(scope="module")
def said(connection: Connection) -> pd.DataFrame:
    """What the published views say."""
    return views(connection)


def of(statements: pd.DataFrame, *worlds: str) -> pd.DataFrame:
    """Statements of sources or releases. What others than UNODC hide is not searched for."""
    here = statements[statements["world"].str.startswith(worlds)]
    return here.assign(hides=here["hides"] & here["world"].str.startswith(UNODC))


def everything(prints: pd.DataFrame, said: pd.DataFrame, *releases: str) -> pd.DataFrame:
    """All that is published, but of UNODC only what these releases print."""
    others = prints[~prints["world"].str.startswith(UNODC)]
    new = beyond(prints, said)
    is_other = new["world"].str.startswith(UNODC) & ~new["world"].str.startswith(releases)
    return pd.concat([of(prints, *releases), of(others, ""), of(new[~is_other], "")])


def where_others_are(statements: pd.DataFrame) -> pd.DataFrame:
    """Only the blocks of which others than UNODC say something too."""
    others = statements[~statements["world"].str.startswith(UNODC)]
    return statements.merge(others[BLOCK].drop_duplicates())


@pytest.fixture(scope="module")
def by_unodc(prints: pd.DataFrame) -> dict[bool, Found]:
    """What UNODC's own file gives away."""
    own = of(prints, UNODC)
    return {each: given_away(own, overlap=each, together=True) for each in (False, True)}


@OVERLAP
def test_what_unodc_gives_away_is_counted(by_unodc: dict[bool, Found], overlap: bool) -> None:
    found = by_unodc[overlap]
    counts = len(found), sum(cell == Cell(sex=cell.sex) != Cell() for *_, cell in found)
    assert counts == GIVEN_AWAY[overlap]


@OVERLAP
def test_all_that_is_published_gives_away_no_more(prints, said, by_unodc, overlap: bool) -> None:
    as_they_do = where_others_are(of(prints, UNODC, *PRINT_AS_THEY_DO))
    known = given_away(as_they_do, overlap=overlap, together=True) - by_unodc[overlap]
    whole = where_others_are(everything(prints, said, UNODC))
    found = given_away(whole, overlap=overlap, together=True) - by_unodc[overlap]
    further = len(found - known)
    assert further == 0
    assert len(known) == GIVEN_BY_OTHERS[overlap]


@OVERLAP
@pytest.mark.parametrize("release", [NEW, OLD])
def test_nor_does_it_beside_one_release_alone(
    prints, said, by_unodc, overlap: bool, release: str
) -> None:
    """What two releases suggest together is not always true, and may hide what one gives away."""
    as_they_do = where_others_are(of(prints, release, *PRINT_AS_THEY_DO))
    whole = where_others_are(everything(prints, said, release))
    found = given_away(whole, overlap=overlap) - given_away(as_they_do, overlap=overlap)
    further = len(found - by_unodc[overlap])
    assert further == 0


def test_shares_and_sums_give_away_no_more_than_is_printed(prints, said) -> None:
    whole = pd.concat([of(prints, UNODC), of(beyond(prints, said), UNODC)])
    own = given_away(of(prints, UNODC), overlap=False)
    further = len(given_away(whole, overlap=False) - own)
    assert further == 0


def test_no_view_says_more_of_a_suppressed_figure_than_is_printed(prints, said) -> None:
    further = len(narrower(prints, said))
    assert further == 0


def test_what_is_printed_as_below_five_is_nothing_finer(connection: Connection) -> None:
    figures = connection.sql("from harmonised.observation").df()
    suppressed = figures.loc[figures["value_raw"] == "<5", ["value", "lower", "upper"]]
    finer = suppressed[
        suppressed["value"].notna() | (suppressed["upper"] - suppressed["lower"] < 4)
    ]
    of_unodc = figures["source"].isin([UNODC, "int_unsd_sdg"])
    small = figures[of_unodc & (figures["value"] < 5)]
    assert len(suppressed) > 8000
    assert (len(finer), len(small)) == (0, 0)


def test_every_view_is_attacked(connection: Connection) -> None:
    named = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'published' "
        "and not regexp_matches(table_name, '_(en|es|pt|fr)$')"
    ).fetchall()
    repeated = {view for view, _ in REPEATED}
    assert {name for (name,) in named} == repeated | TURNED_BACK | WITHOUT_FIGURES | OF_ALL_STATES


@OVERLAP
def test_what_we_hide_ourselves_cannot_be_recovered(prints, said, overlap: bool) -> None:
    ours = pd.concat([prints, beyond(prints, said)])
    ours = ours[ours["world"].str.startswith("arg_linea145")]
    assert ours["hides"].sum() > 0
    recovered = len(given_away(ours, overlap=overlap, together=True))
    assert recovered == 0
