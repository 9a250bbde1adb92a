"""Reads a national file with one reader and prints the total of its counts: READER SOURCE FILE."""

import sys
from pathlib import Path

MONTHS = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre",
    "Octubre", "Noviembre", "Diciembre",
)  # fmt: skip
COUNTED = ("DATA_YEAR", "STATE_ABBR", "OFFENSE_SUBCAT_ID", "OFFENSE_NAME", "OFFENSE_SUBCAT_NAME")


def main() -> None:
    """Runs one reader."""
    reader, source, path = sys.argv[1:]
    readers = {"tipstat": _tipstat, "duckdb": _duckdb, "pandas": _pandas}
    print(int(readers[reader](source, path)))


def _tipstat(source: str, path: str) -> float:
    from pipelines.harmonised.harmonise import harmonise
    from pipelines.sources import File, discover

    found = harmonise(discover()[source], "2026-12-31", File(Path(path)))
    if len(found.quarantine):
        raise SystemExit(f"quarantined: {found.quarantine.iloc[0].to_dict()}")
    return found.rows["value"].sum()


def _duckdb(source: str, path: str) -> float:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false; set memory_limit = '1GB'")
        if source == "usa_fbi":
            by = ", ".join(COUNTED)
            read = f"from read_csv('{path}', header = true) group by {by}"
            [(counts,)] = connection.execute(
                f"with sums as (select {by}, sum(ACTUAL_COUNT) as counts {read}) "
                "select sum(counts) from sums"
            ).fetchall()
            return counts
        rows = connection.execute(
            f"select Año, Clave_Ent, Entidad, Modalidad, {', '.join(MONTHS)} "
            f"from read_csv('{path}', header = true, encoding = 'latin-1') "
            "where \"Tipo de delito\" = 'Trata de personas'"
        ).df()
        return rows[list(MONTHS)].sum(axis=None)


def _pandas(source: str, path: str) -> float:
    import pandas as pd

    if source == "usa_fbi":
        rows = pd.read_csv(path, usecols=[*COUNTED, "ACTUAL_COUNT"], encoding="utf-8")
        return rows.groupby(list(COUNTED))["ACTUAL_COUNT"].sum().sum()
    rows = pd.read_csv(path, encoding="latin-1")
    return rows.loc[rows["Tipo de delito"] == "Trata de personas", list(MONTHS)].sum(axis=None)


if __name__ == "__main__":
    main()
