"""Tests of every source: `tipstat test-source`, and what publishers' own files give.

A new one needs no new test code, only its folder in `fixtures`.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from harmonised_releases import Releases
from source_tests import assert_same_rows

from pipelines.harmonised.harmonise import harmonise
from pipelines.scaffold import source_checks
from pipelines.sources import File, Publication, discover
from schemas import codelists

SOURCES = discover()
each_source = pytest.mark.parametrize("publication", SOURCES.values(), ids=SOURCES)


@each_source
def test_metadata_and_fixture(publication: Publication) -> None:
    assert [*source_checks.faults(publication)] == []
    assert re.fullmatch(r"[a-z]{3}_[a-z0-9_]+", publication.source.id)


@each_source
def test_releases(publication: Publication, harmonised: Releases) -> None:
    source = publication.source
    shipped = {key[1]: each for key, each in harmonised.items() if key[0] == source.id}
    assert [*source_checks.faults_of_releases(source, shipped)] == []


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
