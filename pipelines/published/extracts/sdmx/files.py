"""The files of the flows: their names, and their rows as a table of DuckDB."""

from pathlib import Path
from typing import Final

NAMES: Final = {
    "DF_NEWEST": "newest",
    "DF_NATIONAL": "national",
    "DF_TIP": "observation",
    "DF_SDG_16_2_2": "sdg_16_2_2",
}
"""What files and queries of each dataflow are called, the figure to cite first."""
BY_SOURCE: Final = "DF_TIP"
"""The flow with a file for each source."""
STRUCTURE: Final = "structure.json"
METADATA: Final = "metadata.json"

ROWS: Final = """
    select * exclude ("STRUCTURE", "STRUCTURE_ID", "ACTION")
    from read_csv(
        ?, delim = ',', quote = '"', escape = '"', header = true, all_varchar = true, nullstr = '',
        union_by_name = true, buffer_size = 4194304
    )
"""
"""Query of the rows of a flow, all text: its parameter is `path(...)`."""


def path(flow: str, folder: Path) -> str:
    """Return the path of a flow's files in a folder of SDMX extracts, a pattern where several."""
    name = NAMES[flow]
    return str(folder / (f"{name}/*.csv.gz" if flow == BY_SOURCE else f"{name}.csv.gz"))
