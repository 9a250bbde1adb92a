"""After a small change, a build takes over what the change does not touch, and nothing stale."""

import json
import lzma
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
import short_runs

from pipelines.lib.digest import sha256
from pipelines.published.extracts import FORMS, delimited, excel, state_json
from pipelines.published.extracts.build import build_extracts
from pipelines.published.kept import RECORD, Earlier, Kept, made_from
from pipelines.published.site import build
from pipelines.published.site.build import build_site
from pipelines.published.site.pages import country
from pipelines.published.versions.checksum import of_files
from pipelines.questionnaire import checks_as_data
from schemas import codelists


def retrieved_anew(warehouse: Path, copy: Path) -> Path:
    """The warehouse after a file of a small source was retrieved anew, with another figure."""
    with duckdb.connect(shutil.copy(warehouse, copy)) as connection:
        connection.execute(
            "update harmonised.observation set value = 7, lower = 7, upper = 7, value_raw = '7' "
            "where source = 'jam_statin' and time_period = '2019'"
        )
        retrieved = "set retrieved = '2027-01-02' where source = 'jam_statin'"
        connection.execute(f"update main.raw_file {retrieved}; update main.release {retrieved}")
    return copy


@pytest.fixture(scope="module")
def later(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return retrieved_anew(small, tmp_path_factory.mktemp("later") / "tipstat.duckdb")


def remade(folder: Path, earlier: Path) -> set[str]:
    """What was made anew, by the record, among the files that could be taken over."""
    now, before = (json.loads((each / RECORD).read_bytes()) for each in (folder, earlier))
    assert now.keys() == before.keys()
    return {path for path in now if now[path] != before[path]}


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """For what was made before, for what takes it over, and for a build from nothing."""
    made = [tmp_path / name for name in ("before", "next", "fresh")]
    for each in made:
        each.mkdir()
    return made


def test_pages_are_those_of_a_build_from_nothing(
    small: Path, later: Path, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    short_runs.in_language("en", monkeypatch.setattr)
    earlier, taken_over, fresh = folders
    build_site(small, earlier)
    before = of_files(earlier)
    build_site(later, taken_over, earlier=Earlier(earlier, before))
    build_site(later, fresh)
    now = of_files(taken_over)
    assert now == of_files(fresh)
    beside = ("country/jam-figures.html", "country/jam-knowledge.html")
    pages = {f"en/{path}" for path in (*country.paths("JAM"), *beside)}
    assert remade(taken_over, earlier) == pages
    differ = {path for path in now if now[path] != before[path]}
    assert "static/edition.js" in differ
    others = {"en/about.html", "en/data.html", "en/index.xlsx"}
    assert {path for path in differ if path.startswith("en/")} - pages == others


def test_a_page_and_what_lies_beside_it_are_kept_or_made_together(
    small: Path, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of Jamaica one of the earlier files is not as it was published."""
    for name in ("KINDS", "OF_STATES"):
        monkeypatch.setattr(build, name, (country,))
    short_runs.in_language("en", monkeypatch.setattr)
    earlier, now, _ = folders
    build_site(small, earlier)
    made = of_files(earlier)
    paths = [f"en/country/{area}.html" for area in ("cub", "jam")]
    for path in paths:  # so that a page that is taken over can be told from one that is made
        (earlier / path).write_text("as it was", encoding="utf-8")
    published = of_files(earlier) | {"en/country/jam.csv": "another"}
    build_site(small, now, earlier=Earlier(earlier, published))
    assert [(now / path).read_text(encoding="utf-8") == "as it was" for path in paths] == [
        True,
        False,
    ]
    of_cuba = {"en/country/cub.html": sha256(earlier / "en/country/cub.html")}
    assert of_files(now) == made | of_cuba


def test_workbooks_are_those_of_a_build_from_nothing(
    small: Path, later: Path, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of states without figures bear the newest day, which is another."""
    monkeypatch.setattr(codelists, "LANGUAGES", codelists.LANGUAGES[:1])
    before, now, fresh = folders
    for folder, warehouse in zip(folders, (small, later, later), strict=True):
        earlier = [Earlier(before, of_files(before))] if folder == now else []
        with duckdb.connect(warehouse, read_only=True) as connection:
            excel.write(connection, folder, *earlier)
    assert of_files(now) == of_files(fresh)
    anew = remade(now, before)
    taken_over = of_files(now).keys() - anew - {RECORD}
    assert taken_over == {"en/ARG.xlsx", "en/CAN.xlsx", "en/USA.xlsx"}
    assert {
        path for path, digest in of_files(now).items() if digest != of_files(before)[path]
    } == anew | {RECORD}


def test_json_of_a_state_bears_no_day_of_another(
    small: Path, later: Path, folders: list[Path]
) -> None:
    """Jamaica's alone is made anew where its source was retrieved later."""
    before, now, _ = folders
    for folder, warehouse in ((before, small), (now, later)):
        (folder / "json").mkdir()
        with duckdb.connect(warehouse, read_only=True) as connection:
            state_json.write(connection, folder / "json")
    earlier = of_files(before)
    assert {path for path, digest in of_files(now).items() if digest != earlier[path]} == {
        "json/JAM.json"
    }


def test_csv_in_words_is_that_of_a_build_from_nothing(
    small: Path, later: Path, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codelists, "LANGUAGES", codelists.LANGUAGES[:1])
    before, now, fresh = (each / "csv" for each in folders)
    for folder, warehouse in ((before, small), (now, later), (fresh, later)):
        folder.mkdir()
        earlier = [Earlier(before, of_files(before))] if folder == now else []
        with duckdb.connect(warehouse, read_only=True) as connection:
            delimited.write(connection, folder, *earlier)
    assert of_files(now) == of_files(fresh)
    assert remade(now, before) == {"en/jam_statin.csv.zip"}


@pytest.mark.exhaustive
def test_ten_versions_take_half_as_much_again_as_one(
    built: Path, shipped: Path, extracts: Path, tmp_path: Path
) -> None:
    """Nine more in each of which a figure of a small source is another, by the bytes of one."""
    later = retrieved_anew(built, tmp_path / "tipstat.duckdb")
    before = {each: of_files(each) for each in (shipped, extracts)}
    build_site(
        later,
        tmp_path / "site",
        earlier=Earlier(shipped, before[shipped]),
        form_rules=checks_as_data.data(),
    )
    build_extracts(later, tmp_path / "extracts", FORMS, Earlier(extracts, before[extracts]))
    first = built.stat().st_size + size(shipped, before[shipped]) + size(extracts, before[extracts])
    more = len(lzma.compress(later.read_bytes(), preset=3))  # as packed.py does
    for made, earlier in ((tmp_path / "site", shipped), (tmp_path / "extracts", extracts)):
        now = of_files(made)
        more += size(made, [path for path in now if now[path] != before[earlier].get(path)])
    assert first + 9 * more <= 1.5 * first


def size(folder: Path, files: Iterable[str]) -> int:
    return sum((folder / path).stat().st_size for path in files)


def test_a_file_is_taken_over_only_whole_and_if_made_from_the_same(tmp_path: Path) -> None:
    first = Kept()
    assert first.file("page", made_from("a")) is None
    for name, text in (("page", "A"), (RECORD, first.record())):
        (tmp_path / name).write_text(text)
    earlier = Earlier(tmp_path, of_files(tmp_path))
    assert Kept(earlier).file("page", made_from("a")) == tmp_path / "page"
    assert Kept(earlier).file("page", made_from("b")) is None
    for name in ("page", RECORD):
        whole = (tmp_path / name).read_text()
        (tmp_path / name).write_text("{}")
        assert Kept(earlier).file("page", made_from("a")) is None
        (tmp_path / name).write_text(whole)


def test_equal_values_have_the_same_checksum() -> None:
    one, two = "one", "".join(["o", "ne"])
    assert made_from([one, one]) == made_from([one, two])
    assert made_from(1) != made_from(2)
