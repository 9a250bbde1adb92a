"""Tests of every source; a new one needs no new test code, only its fixture folder.

`fixtures/<source id>/input.*` is a file in the publisher's own layout with invented figures,
`expected.csv` the rows of it that satisfy the contract.
"""

import dataclasses
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from conftest import ROOT
from harmonised_releases import Releases
from source_tests import assert_same_rows

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.reader.unfinished import left_open
from pipelines.sources import File, Publication, discover
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.figure import parse_sum

SOURCES = discover()
each_source = pytest.mark.parametrize("publication", SOURCES.values(), ids=SOURCES)
FIXTURES = ROOT / "tests" / "fixtures"


@each_source
def test_nothing_is_left_to_confirm_or_fill_in(publication: Publication) -> None:
    if left := left_open(publication.source):
        pytest.fail("\n".join(["docs/add-a-source.md says how:", *left]), pytrace=False)


@each_source
@pytest.mark.parametrize("field", ["counted", "caution"])
def test_its_words_are_its_own(publication: Publication, field: str) -> None:
    """`tipstat new-source` gives those of another source as a pattern, whose facts are others."""
    others = [each.source for each in SOURCES.values() if each != publication]
    words = dataclasses.asdict(getattr(publication.source, field))
    for other in others:
        same = {*words.values()} & {*dataclasses.asdict(getattr(other, field)).values()}
        assert not same, f"{publication.source.id} says of '{field}' what {other.id} says: {same}"


@each_source
def test_fixture(publication: Publication) -> None:
    folder = FIXTURES / publication.source.id
    place = folder.relative_to(ROOT).as_posix()
    given = next(folder.glob("input.*"), None)
    if given is None or not (folder / "expected.csv").is_file():
        pytest.fail(
            f"{place}: no {'expected.csv' if given else 'input file'}; write it as "
            "docs/add-a-source.md says, then read it line by line",
            pytrace=False,
        )
    found = harmonise(publication, "2025-01-01", File(given)).rows.drop(
        columns=["source", "release"]
    )
    expected = codelists.read_list(folder / "expected.csv")
    as_text = pd.read_csv(StringIO(found.to_csv(index=False)), dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(as_text, expected)


def releases(harmonised: Releases, publication: Publication) -> dict[str, Harmonised]:
    """The shipped releases of a source."""
    return {key[1]: each for key, each in harmonised.items() if key[0] == publication.source.id}


@each_source
def test_every_release_adds_up(publication: Publication, harmonised: Releases) -> None:
    shipped = releases(harmonised, publication)
    if not shipped:
        pytest.fail(
            f"{publication.source.id}: no release is shipped; enter one with tipstat add-release",
            pytrace=False,
        )
    for release, each in shipped.items():
        rows = each.account.groupby("outcome")["rows"].sum()
        assert rows["in"] == rows.drop("in").sum(), release
        assert rows["in"] > 0, release


@each_source
def test_value_can_be_read_again_from_its_text(
    publication: Publication, harmonised: Releases
) -> None:
    for each in releases(harmonised, publication).values():
        pairs = each.rows[["value_raw", "value"]].drop_duplicates()
        for text, value in pairs.itertuples(index=False):
            again = parse_sum(str(text), publication.source.number_locale).value
            assert again == value or (again is None and pd.isna(value)), text


@each_source
def test_locators_lead_to_one_cell(publication: Publication, harmonised: Releases) -> None:
    for each in releases(harmonised, publication).values():
        assert each.rows["locator"].is_unique


@each_source
def test_description_is_complete(publication: Publication) -> None:
    source = publication.source
    assert len(set(dataclasses.astuple(source.counted))) == len(codelists.LANGUAGES)
    assert re.fullmatch(r"[a-z]{3}_[a-z0-9_]+", source.id)
    if not source.by_hand:
        suffix = Path(source.layouts[0].file).suffix
        assert urlsplit(source.address).path.endswith(suffix), "tipstat fetch takes a file"
    assert bool(source.listing) + len(source.pages) <= 3, "few requests of a publisher's server"
    assert not source.listing or "sort=-changed" in source.listing, "an answer holds 50 at most"
    assert source.contract in CONTRACTS


@each_source
def test_shipped_rows_belong_to_oas_states(publication: Publication, harmonised: Releases) -> None:
    for each in releases(harmonised, publication).values():
        states = {codelists.state_of(area) for area in each.rows["ref_area"].unique()}
        assert states <= set(codelists.oas_states())


@pytest.mark.parametrize(
    ("source", "release", "name"),
    [
        ("can_sdg", "2022-12-31", "canada-gif_16-2-2_2015-2022.csv"),
        ("can_sdg", "2026-03-10", "indicator_16-2-2.csv"),
        ("can_statcan", "2021-12-31", "trafficking_data.csv"),
        ("int_untc", "2026-11-24", "treaty_status.csv"),
        ("jam_statin", "2026-08-05", "indicator_16-2-2.csv"),
        ("mex_sesnsp", "2025-06-30", "victimas_estatal_trata_2015-2025_jun2025.csv"),
        ("mex_sesnsp", "2026-03-31", "estatal_n.csv"),
        ("mex_sesnsp", "2026-08-31", "mex_sesnsp_nacional_mensual_2015-01_2026-08.csv"),
        ("per_mpfn", "2018-12-31", "casos_anual.csv"),
        ("usa_fbi", "2021-09-06", "HT_2013-2020.csv"),
        ("usa_fbi", "2023-12-31", "HT_2013_2023.csv"),
        ("usa_sdg", "2023-09-30", "indicator_16-2-2.csv"),
    ],
)
def test_the_publishers_file_gives_the_shipped_rows(
    publisher_file: Callable[[str], Path],
    harmonised: Releases,
    source: str,
    release: str,
    name: str,
) -> None:
    file = publisher_file(f"{source}/{name}")
    found = harmonise(SOURCES[source], release, File(file, name))
    assert_same_rows(harmonised[source, release], found)


@pytest.fixture
def spellings() -> pd.DataFrame:
    path = ROOT / "pipelines" / "reader" / "citizenship_spellings.csv"
    return codelists.read_list(path)


def test_citizenship_spellings_are_valid(spellings: pd.DataFrame) -> None:
    folded = spellings["label"].str.strip().str.casefold()
    assert not folded[folded.duplicated()].tolist()
    known = set(codelists.codes("citizenship")) | set(codelists.codes("area"))
    assert set(spellings["code"]) <= known
    assert not spellings["label"].str.contains("\ufffd").any()


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_every_oas_state_is_known_by_its_name(language: str, spellings: pd.DataFrame) -> None:
    known = dict(zip(spellings["label"].str.casefold(), spellings["code"], strict=True))
    names = codelists.labels("area", language)
    unknown = [code for code in codelists.oas_states() if known.get(names[code].casefold()) != code]
    assert unknown == []
