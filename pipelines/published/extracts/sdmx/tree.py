"""SDMX laid out as a host of files serves it: a folder for each address, its answer `index.html`.

A host gives the file for the address without its name. pysdmx reads schemas, code lists, reports
and data; clients that want a media type or filter need the service.

| below `sdmx/v2` | holds |
|---|---|
| `structure/dataflow/TIPSTAT/<flow>/<version>` | a flow with all that it refers to, SDMX-JSON 2.0 |
| `schema/dataflow/TIPSTAT/<flow>/<version>` | the same |
| `structure/codelist/TIPSTAT/<list>/<version>` | a code list |
| `metadata/structure/codelist/TIPSTAT/CL_DATA_SOURCE/<version>` | what is known of each source |
| `data/dataflow/TIPSTAT/<flow>/<version>` | all rows, SDMX-CSV 2.0 |
| `data/dataflow/TIPSTAT/<flow>/<version>/A.<area>` | the yearly rows of a state or subdivision |
"""

from dataclasses import replace
from pathlib import Path

import duckdb
import orjson

from pipelines.published.extracts.queries import by_source
from pipelines.published.extracts.sdmx import extract, files, structure_json
from pipelines.published.extracts.sdmx.structure import AGENCY

_READ = "select * from read_csv(?, all_varchar = true, union_by_name = true)"
_OF_STATE = ("FREQ", "REF_AREA", "INDICATOR")
"""How the key of a flow by state begins."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the tree into an existing folder, from the SDMX extracts beside it."""
    made = extract.structures(connection, extract.prepared_on(connection))
    beside, root = folder.parent / "sdmx", folder / "sdmx" / "v2"
    version = made.version
    for each in made.codelists:
        alone = replace(
            made.of_data, codelists=(each,), schemes=(), dataflows=(), data_structures=()
        )
        place = root / "structure" / "codelist" / AGENCY / each.id / version
        _lay(place, orjson.dumps(structure_json.written(alone)))
    reports = (beside / files.METADATA).read_bytes()
    [target] = (each.target for each in made.metadataflows)
    _lay(root / "metadata" / "structure" / "codelist" / AGENCY / target / version, reports)
    for flow in made.dataflows:
        used = {each.codelist.id for each in flow.components if each.codelist}
        lists = tuple(each for each in made.codelists if each.id in used)
        whole = replace(made.of_data, codelists=lists, dataflows=(flow,), data_structures=(flow,))
        schema = orjson.dumps(structure_json.written(whole))
        for resource in ("schema", "structure"):
            _lay(root / resource / "dataflow" / AGENCY / flow.name / version, schema)
        place = root / "data" / "dataflow" / AGENCY / flow.name / version
        rows = connection.sql(_READ, params=[files.path(flow.name, beside)])
        place.mkdir(parents=True)
        rows.write_csv(str(place / "index.html"))
        if tuple(each.id for each in flow.of_role("dimension"))[:3] == _OF_STATE:
            yearly = rows.filter("\"FREQ\" = 'A'").to_arrow_table()
            for area, own in by_source(yearly, yearly["REF_AREA"]):
                (place / f"A.{area}").mkdir()
                connection.from_arrow(own).write_csv(str(place / f"A.{area}" / "index.html"))


def _lay(place: Path, answer: bytes) -> None:
    place.mkdir(parents=True)
    (place / "index.html").write_bytes(answer)
