"""Count the persons of an extract by the dimensions of a cell."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.cases.account import Account
from pipelines.cases.coded_rows import (
    COUNTED,
    OUTSIDE,
    Codes,
    expression,
    persons_by_cell,
    rows_by_date_form,
)
from pipelines.cases.connect import Records, opened, spill_folder
from pipelines.cases.errors import CaseError, address_name, sealed
from pipelines.cases.mapping import Mapping, begin_labels, read_mapping, refuse_other_columns
from pipelines.cases.spark import opened_on_spark
from pipelines.cases.texts import said
from pipelines.cases.translate import MOST_LABELS, UnknownLabelsError, translate
from schemas.case import CELL_COLUMNS, DETECTED, DIMENSIONS, FIELDS


@dataclass(frozen=True)
class Counted:
    """The counts of an extract."""

    # a row per combination of codes that occurs, columns of `CELL_COLUMNS`, sorted; true counts,
    # never to be written before disclosure control
    cells: pd.DataFrame
    account: Account  # of the extract's rows
    country: str  # alpha-3 code of the state whose extract it is


def count_cases(address: str, mapping: Path, memory: str = "", master: str = "") -> Counted:
    """Return the cells and the account of an extract; its records are dropped.

    Args:
        address: file, folder or database.
        mapping: the mapping file.
        memory: that the engine may use before it spills, such as "2GB".
        master: of a Spark cluster that counts; if empty, DuckDB does.

    Raises:
        CaseError: the extract or the mapping cannot be used; nothing of a record is shown.
    """
    return sealed(address_name(address), lambda: _counted(address, mapping, memory, master))


def _counted(address: str, path: Path, memory: str, master: str) -> Counted:
    with spill_folder() as spill:
        mapping, extract = read_mapping(path, address)
        refuse_other_columns(mapping, extract)
        source = extract, mapping.columns, spill, memory
        with opened_on_spark(*source, master) if master else opened(*source) as records:
            codes = _codes(records, mapping, extract.name)
            found = records.run(expression(records.table, mapping, codes)).to_pandas()
            has_odd_dates = (found["outcome"] == "date_is_real").any()
            date = mapping.fields["date"].column
            forms = rows_by_date_form(records, date) if has_odd_dates else {}
    counted = found[found["outcome"] == COUNTED].rename(columns={"rows": "count"})
    if counted[list(DIMENSIONS)].isna().to_numpy().any():
        raise CaseError(said("changed", name=extract.name))
    outside = found[found["outcome"] == OUTSIDE]
    rows, of_years = (
        {str(key): int(each) for key, each in rows.groupby(by)["rows"].sum().items()}
        for rows, by in ((found, "outcome"), (outside, "time_period"))
    )
    account = Account(rows, forms, of_years)
    if not account.counted:
        lines = "; ".join(account.lines())
        raise CaseError(said("nothing_counted", name=extract.name, account=lines))
    # those by which persons count as detected are cells of that indicator too, unless the mapping
    # file has no two statuses: then none is marked
    detected = counted[counted["detects"]].assign(indicator=DETECTED[-1])
    if len(detected):
        counted = pd.concat([counted[counted["indicator"] != DETECTED[-1]], detected])
    cells = counted.groupby(list(DIMENSIONS), as_index=False)["count"].sum()
    types = dict.fromkeys(DIMENSIONS, "str") | {"count": "int64"}
    return Counted(cells[list(CELL_COLUMNS)].astype(types), account, mapping.country)


def _codes(records: Records, mapping: Mapping, name: str) -> Codes:
    """Return the code of each cell that occurs, by coded field.

    Raises:
        CaseError: labels are unknown; those of all fields are named, and listed to be filled in.
    """
    codes, faults, unknown = {}, [], list[tuple[str, str]]()
    for field_name, field in mapping.fields.items():
        if FIELDS[field_name].is_coded and field.column:
            try:
                codes[field_name] = _codes_of(records, mapping, field_name)
            except CaseError as error:
                faults.append(str(error))
                if isinstance(error, UnknownLabelsError):
                    unknown += [(field_name, label) for label in error.shown]
    if unknown:
        faults.append(said("labels_to_fill", path=begin_labels(mapping.path, unknown)))
    if faults:
        raise CaseError(f"{name}: {'; '.join(faults)}")
    return codes


def _codes_of(records: Records, mapping: Mapping, field_name: str) -> dict[str, str]:
    """Return the code of each cell of a field.

    Rows are counted at first: persons take longer, and only a message of unknown labels needs them.
    """
    field, person = mapping.fields[field_name], mapping.fields["person"].column
    with suppress(CaseError):
        rows = persons_by_cell(records, field.column, "", MOST_LABELS)
        return translate(field_name, field, rows, mapping.country)
    persons = persons_by_cell(records, field.column, person, MOST_LABELS)
    return translate(field_name, field, persons, mapping.country)
