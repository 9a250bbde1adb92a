"""From the folder of a count to a release: entered whole, proven, and never twice."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from case_release import SOURCE, cells, printed_release, write_folder
from case_tables import with_late_cases

from pipelines.cases import certify, printed
from pipelines.harmonised import refresh, release_files
from pipelines.intake import case_release, raw_table
from pipelines.lib import paths
from pipelines.raw import manifest, stated_files
from pipelines.sources import FileRefusedError, MetadataError, discover

pytestmark = pytest.mark.usefixtures("one_detector")
FIRST, SECOND = "2021-06-30", "2022-06-30"


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Printed tables: of a release, of a second one, and of one that does not continue it."""
    first = printed_release(cells(5), FIRST, None)
    later = with_late_cases(cells(5), 1, 40)
    return {
        FIRST: first,
        SECOND: printed_release(later, SECOND, first),
        "doubled": printed_release(cells(5).assign(count=2 * cells(5)["count"]), SECOND, first),
        "alone": printed_release(later, SECOND, None),
        "other": printed_release(cells(6), FIRST, None),
    }


@pytest.fixture(scope="module")
def certified(
    tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Write the folder of a release, once."""
    place = tmp_path_factory.mktemp("certified")
    return cache(lambda name: write_folder(place / name, tables[name]))


@pytest.fixture
def folder(tmp_path: Path, certified: Callable[[str], Path]) -> Callable[[str], Path]:
    """Copy the folder of a release."""
    return lambda name: Path(shutil.copytree(certified(name), tmp_path / name))


@pytest.fixture(scope="module")
def home_of_first(
    certified: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Enter the first release into a project folder, once."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPSTAT_HOME", str(home))
        case_release.add(certified(FIRST))
    return home


@pytest.fixture
def first_entered(home_of_first: Path, own_home: Path) -> None:
    """Enter the first release into the test's own project folder."""
    shutil.copytree(home_of_first, own_home, dirs_exist_ok=True)


def refreshed() -> list[release_files.Release]:
    """Harmonise the releases that are entered, as a run does."""
    releases = release_files.releases(paths.harmonised(), SOURCE)
    for release in releases:
        refresh.refresh(discover()[SOURCE], release)
    return releases


def harmonised_rows() -> pd.DataFrame:
    """Harmonise all releases, each of which needs its proof for that."""
    publication = discover()[SOURCE]
    days = dict.fromkeys(entry.release for entry in manifest.entries(SOURCE))
    found = [refresh.harmonised(publication, manifest.entries(SOURCE, day)).rows for day in days]
    return pd.concat(found, ignore_index=True)


def test_a_folder_becomes_a_release_with_the_same_figures(folder, tables) -> None:
    assert SOURCE not in discover()
    entry = case_release.add(folder(FIRST))
    source = discover()[SOURCE].source
    assert (source.publisher, source.def_scope, source.threshold) == (
        "Autoridade inventada", "PALERMO", 5,
    )  # fmt: skip
    assert source.citation == "Autoridade inventada, " + source.title_in.pt
    assert (entry.licence, entry.release, entry.rows) == (
        "CC BY 4.0",
        FIRST,
        f"{len(tables[FIRST])}",
    )
    rows = harmonised_rows()
    assert set(rows["conf_status"]) == set(tables[FIRST]["conf_status"]) > {"F", "A"}
    ours, theirs = paths.raw() / "ours.csv", paths.raw() / "theirs.csv"
    printed.write(printed.of_observations(rows), ours)
    printed.write(tables[FIRST], theirs)
    assert ours.read_text("utf-8") == theirs.read_text("utf-8")


@pytest.mark.usefixtures("first_entered")
def test_a_second_release_continues_the_first(folder, tables) -> None:
    case_release.add(folder(SECOND))
    assert case_release.add(paths.home().parent / SECOND).release == SECOND, "twice is once"
    assert [each.release for each in manifest.entries(SOURCE)] == [FIRST, SECOND]
    rows = harmonised_rows()
    assert set(rows["release"]) == {FIRST, SECOND}
    assert len(rows) == len(tables[SECOND])
    changed = tables[SECOND]["conf_status"].eq("Q").sum()
    assert (rows["conf_status"] == "D").sum() == changed > 0
    assert [each.held_back for each in refreshed()] == ["", ""], "late cases are no doubt"


@pytest.mark.usefixtures("first_entered")
def test_a_release_with_each_case_twice_is_held_back(folder) -> None:
    case_release.add(folder("doubled"))
    first, second = refreshed()
    assert first.held_back == ""
    assert "are about 2 times the current figures" in second.held_back


@pytest.mark.usefixtures("first_entered")
def test_another_release_of_the_day_is_refused(folder, tables) -> None:
    before = paths.manifest().read_bytes()
    with pytest.raises(manifest.ManifestError, match="is entered with other figures; count again"):
        case_release.add(folder("other"))
    assert paths.manifest().read_bytes() == before
    assert len(harmonised_rows()) == len(tables[FIRST])


@pytest.mark.usefixtures("first_entered")
def test_a_release_has_what_readers_have(folder) -> None:
    message = f"the figures of the release of {FIRST} as readers have them"
    with pytest.raises(manifest.ManifestError, match=message):
        case_release.add(folder("alone"))


def test_a_release_is_not_entered_before_those_that_it_continues(folder) -> None:
    message = f"continues the release of {FIRST}, which is not entered"
    with pytest.raises(manifest.ManifestError, match=message):
        case_release.add(folder(SECOND))


@pytest.mark.usefixtures("first_entered")
def test_a_state_has_one_source_of_case_records(folder) -> None:
    later = folder(SECOND)
    _put(f"{SOURCE}.yml", "Autoridade", "Polícia")(later)
    with pytest.raises(manifest.ManifestError, match="their cases would count twice"):
        case_release.add(later)
    assert discover()[SOURCE].source.publisher == "Autoridade inventada"


def _delete(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _put(name: str, old: str, new: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        file = folder / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return act


def _rename(folder: Path) -> None:
    (folder / f"{SOURCE}.yml").rename(folder / "fra_case_records.yml")


def _of_another(folder: Path) -> None:
    other = printed_release(cells(6), FIRST, None)
    certify.write(certify.certify(other)[0], folder / "certificate.csv.gz")


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        (_delete("certificate.csv.gz"), FileRefusedError, "no certificate of disclosure control"),
        (_delete("printed.csv"), FileRefusedError, "no such file"),
        (
            _delete(f"{SOURCE}.yml"),
            FileRefusedError,
            "is not a folder with one file <iso3>_case_records.yml",
        ),
        (_of_another, FileRefusedError, "contradicts|malformed"),
        (_put("printed.csv", ",,1,9,A", ",7,,,F"), FileRefusedError, "malformed|contradicts"),
        (_put("printed.csv", ",,1,9,A", ",,1,x,A"), FileRefusedError, "neither a figure"),
        (_put("printed.csv", "Y_GE18", "Y_OLD"), FileRefusedError, "unknown label 'Y_OLD'"),
        (_put("printed.csv", "MEX", "ARG"), FileRefusedError, "has figures of ARG"),
        (
            _put("printed.csv", "conf_status", "status"),
            FileRefusedError,
            "'conf_status' is missing",
        ),
        (_rename, FileRefusedError, "'FRA' is not a state of the Americas"),
        (_put(f"{SOURCE}.yml", "NRM", "NRN"), MetadataError, "'coll_method' is 'NRN'"),
    ],
)
def test_a_folder_with_a_fault_enters_nothing(folder, spoil, error, message: str) -> None:
    spoilt = folder(FIRST)
    spoil(spoilt)
    with pytest.raises(error, match=message):
        case_release.add(spoilt)
    assert list(paths.home().rglob("*.*")) == []
    assert SOURCE not in discover()


@pytest.mark.usefixtures("first_entered")
@pytest.mark.parametrize("fault", ["absent", "of another"])
def test_a_release_without_its_proof_is_held_back(certified, fault: str) -> None:
    certificate = stated_files.certificate(SOURCE, FIRST)
    if fault == "absent":
        certificate.unlink()
    else:
        shutil.copy(certified("other") / "certificate.csv.gz", certificate)
    [release] = release_files.releases(paths.harmonised(), SOURCE)
    assert refresh.refresh(discover()[SOURCE], release)
    assert f"{SOURCE} {FIRST}: {certificate}: " in release.held_back
    assert "'tipstat cases add'" in release.held_back
    shutil.copy(certified(FIRST) / "certificate.csv.gz", certificate)
    assert refresh.refresh(discover()[SOURCE], release), "the certificate is one of the inputs"
    assert release.held_back == ""


@pytest.mark.usefixtures("first_entered")
def test_a_printed_table_that_comes_another_way_is_held_back(folder) -> None:
    later = folder(SECOND)
    publication = discover()[SOURCE]
    raw_table.add_release(publication, later / "printed.csv", SECOND, SECOND)
    first, second = refreshed()
    assert first.held_back == ""
    assert "no certificate of disclosure control" in second.held_back
