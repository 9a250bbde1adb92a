"""Rows as SDMX-ML: structure-specific in 3.0 and 2.1, generic in 2.1."""

from functools import partial
from xml.sax.saxutils import quoteattr

from pipelines.published.extracts.sdmx.structure import AGENCY, Structures, urn
from pipelines.serve.sdmx.series import Rows

_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/"


def specific_30(rows: Rows, structures: Structures) -> bytes:
    """Return structure-specific data in SDMX-ML 3.0."""
    return _specific(rows, structures, is_21=False)


def specific_21(rows: Rows, structures: Structures) -> bytes:
    """Return structure-specific data in SDMX-ML 2.1."""
    return _specific(rows, structures, is_21=True)


def generic_21(rows: Rows, structures: Structures) -> bytes:
    """Return generic data in SDMX-ML 2.1."""
    out = [
        *_head("GenericData", rows, structures, is_21=True),
        f'<mes:DataSet structureRef="{rows.flow.data_structure}" action="Replace">',
    ]
    columns = [
        rows.column(name, partial(_value, name)) for name in rows.others if name != "OBS_VALUE"
    ]
    values: list[str | None] = [None] * rows.table.num_rows
    if "OBS_VALUE" in rows.table.column_names:  # it may not be asked for
        values = rows.column("OBS_VALUE", lambda text: f"<gen:ObsValue value={_quoted(text)}/>")
    periods = rows.column("TIME_PERIOD", str)
    for key, places in rows.by_series():
        of_key = "".join(map(_value, rows.serial, key))
        if not rows.is_flat:
            out.append(f"<gen:Series><gen:SeriesKey>{of_key}</gen:SeriesKey>")
        for at in places:
            period = periods[at]
            key_there = (
                f'<gen:ObsKey>{of_key}<gen:Value id="TIME_PERIOD" value="{period}"/></gen:ObsKey>'
                if rows.is_flat
                else f'<gen:ObsDimension value="{period}"/>'
            )
            said = "".join(column[at] or "" for column in columns)
            attributes = f"<gen:Attributes>{said}</gen:Attributes>" if said else ""
            out.append(f"<gen:Obs>{key_there}{values[at] or ''}{attributes}</gen:Obs>")
        if not rows.is_flat:
            out.append("</gen:Series>")
    out.append("</mes:DataSet></mes:GenericData>\n")
    return "\n".join(out).encode()


def _value(name: str, text: str) -> str:
    return f'<gen:Value id="{name}" value={_quoted(text)}/>'


def _quoted(text: str) -> str:
    """Return an attribute's value; readers would turn a line break within it into a blank."""
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _attribute(name: str, text: str) -> str:
    return f" {name}={_quoted(text)}"


def _specific(rows: Rows, structures: Structures, *, is_21: bool) -> bytes:
    reference = rows.flow.data_structure if is_21 else rows.flow.name
    out = [
        *_head("StructureSpecificData", rows, structures, is_21=is_21),
        f'<mes:DataSet ss:structureRef="{reference}" xsi:type="own:DataSetType" '
        'ss:dataScope="DataStructure" ss:action="Replace">',
    ]
    columns = [
        rows.column(name, partial(_attribute, name)) for name in ("TIME_PERIOD", *rows.others)
    ]
    for key, places in rows.by_series():
        of_series = "".join(map(_attribute, rows.serial, key))
        if not rows.is_flat:
            out.append(f"<Series{of_series}>")
        own = of_series if rows.is_flat else ""
        for at in places:
            out.append(f"<Obs{own}{''.join(column[at] or '' for column in columns)}/>")
        if not rows.is_flat:
            out.append("</Series>")
    out.append("</mes:DataSet></mes:StructureSpecificData>\n")
    return "\n".join(out).encode()


def _head(message: str, rows: Rows, structures: Structures, *, is_21: bool) -> list[str]:
    """Return the head of a message; in 2.1 it names the data structure, as readers look for it."""
    base = f"{_SCHEMAS}{'v2_1' if is_21 else 'v3_0'}/"
    at = "AllDimensions" if rows.is_flat else "TIME_PERIOD"
    flow, version = rows.flow, structures.version
    if is_21:
        reference = flow.data_structure
        where = urn("datastructure.DataStructure", reference, version)
        usage = (
            f'<com:Structure><Ref agencyID="{AGENCY}" id="{reference}" version="{version}" '
            'class="DataStructure" package="datastructure"/></com:Structure>'
        )
    else:
        reference = flow.name
        where = urn("datastructure.Dataflow", reference, version)
        usage = f"<com:StructureUsage>{where}</com:StructureUsage>"
    namespace = f"{where}:ObsLevelDim:{at}"
    specific = "" if message == "GenericData" else f' namespace="{namespace}"'
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<mes:{message} xmlns:mes="{base}message" xmlns:com="{base}common" '
        f'xmlns:ss="{base}data/structurespecific" xmlns:gen="{base}data/generic" '
        f'xmlns:own="{namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
        f"<mes:Header><mes:ID>{AGENCY}</mes:ID><mes:Test>false</mes:Test>"
        f"<mes:Prepared>{structures.prepared}T00:00:00</mes:Prepared>"
        f'<mes:Sender id="{AGENCY}"/>'
        f'<mes:Structure structureID="{reference}"{specific} dimensionAtObservation="{at}">'
        f"{usage}</mes:Structure></mes:Header>",
    ]
