"""Ministry of Justice of Argentina: complaints to the hotline 145, and the victims named in them.

Authority: Programa Nacional de Rescate y Acompañamiento, which answers the line day and night.
Counted: complaints, each once by its number in the register, in the year in which it was entered
(the dictionary: at the time of the call); and the persons whom callers name as direct victims, in
the year of the complaint. Neither was examined by an authority. Accused persons and relatives are
in the same file and are not counted.

The publisher's files have a row for every complaint and for every person. They are read, counted
and dropped: what is kept are the figures of whole years, after disclosure control (threshold 10).
Persons have no number: several of one complaint may have equal rows (50 of 1,206 in 2020-2021).
The dictionary makes each row a person, so each is counted.
A complaint may name several forms of exploitation, or none: possible recruitment, a missing
person, COVID-19. It is a complaint all the same, so forms neither add up to the total nor cover it.
Exploitation itself is punished as trafficking (Law 26.842).
An age of 0 means that none was stated: 369 callers of 2020-2021 have it too, and it takes the
place of the blanks from 2021 on.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NoReturn

import numpy as np
import pandas as pd

from pipelines.reader.rows import (
    File,
    FileRefusedError,
    Rows,
    Tidy,
    UnknownLabelError,
    label_table,
    same_codes,
)
from pipelines.reader.suppression import is_complementary, parts, single
from schemas.columns import per_category
from schemas.source import Layout, Source, Translation, Words

HERE: Final = "in pipelines/sources/arg_linea145.py"
SHIPPED: Final = ("year", "measure", "dimension", "category", "count")
MEASURE: Final = {"complaints": "COMPLAINTS", "direct victims": "VIC_REPORTED"}
DIMENSIONS: Final = ("total", "sex", "age", "exploitation")
REFERRED: Final = {"victima directa": "victim", "acusado": "other",
                   "victima indirecta - familiar": "other"}  # fmt: skip
SEX: Final = {"mujer": "F", "hombre": "M", "transexual": "_O", "travesti": "_O",
              "transgénero": "_O", "intersex": "_O", "": "_U"}  # fmt: skip
SEXES: Final = ("F", "M", "_O", "_U")
AGES: Final = ("Y0T17", "Y_GE18", "_U")
FORM: Final = {
    "SX": (
        "explotación sexual", "explotación sexual niñas, niños y adolescentes",
        "pornografía infantil",
    ),
    "FL": (
        "explotación laboral", "explotación laboral niñas, niños y adolescentes",
        "reducción a la servidumbre o situaciones análogas", "servidumbre doméstica",
    ),
    "OG": ("extracción forzosa de órganos, tejidos o fluidos",),
    "OP": ("matrimonio forzado", "venta de niños y otros delitos", "mula"),
}  # fmt: skip
NO_FORM: Final = (
    "posible captación", "persona desaparecida", "desaparición", "oferta laboral engañosa",
    "publicidad de oferta sexual", "traslado de personas", "ofrecimiento", "grooming",
    "abuso sexual infantil", "otro", "covid-19", "covid 19",
)  # fmt: skip
LISTED: Final = (*(label for labels in FORM.values() for label in labels), *NO_FORM)
"""The labels of `subtema` that the publisher offers; besides them callers' words are entered."""

FEWEST_LISTED: Final = 0.8
"""Share of rows that have a listed label: 96 % in 2020-2021. With fewer, labels were renamed."""

SOURCE: Final = Source(
    id="arg_linea145",
    publisher="Ministerio de Justicia de la Nación, Programa Nacional de Rescate (Argentina)",
    title="Hotline 145 against trafficking in persons: complaints, and victims named in them",
    title_in=Translation(
        es="Línea 145 contra la trata de personas: denuncias, y víctimas mencionadas en ellas",
        pt="Linha 145 contra o tráfico de pessoas: denúncias, e vítimas nelas mencionadas",
        fr="Ligne 145 contre la traite des personnes\u202f: plaintes, et victimes qui y sont "
        "nommées",
    ),
    language="es",
    citation="Ministerio de Justicia de la Nación (Argentina), Lucha contra la trata de personas - "
    "Llamados línea 145 - Denuncias; counted by tipstat",
    licence=Words(
        en="No licence is stated in the files; open data under Resolution 187/2018 of the Ministry "
        "of Justice",
        es="Los archivos no indican licencia; datos abiertos según la Resolución 187/2018 del "
        "Ministerio de Justicia",
        pt="Os arquivos não indicam licença; dados abertos conforme a Resolução 187/2018 do "
        "Ministério da Justiça",
        fr="Les fichiers n’indiquent aucune licence\u202f; données ouvertes selon la résolution "
        "187/2018 du ministère de la Justice",
    ),
    address="https://datos.jus.gob.ar/dataset/"
    "lucha-contra-la-trata-de-personas-llamados-linea-145-denuncias",
    page="https://datos.jus.gob.ar/dataset/"
    "lucha-contra-la-trata-de-personas-llamados-linea-145-denuncias",
    by_hand="Download the files of complaints and of persons referred to from the page. They "
    "describe persons: keep them outside the project, run tipstat add-release on each, then delete "
    "them.",
    cadence="every month; whole years are counted",
    cadence_days=365,
    coll_method="HOTLINE",
    time_basis="CY",
    release_day="ASSIGNED",
    def_scope="EXPLOIT",
    counted=Words(
        en="Complaints, and persons named in them as direct victims, in the year in which the "
        "hotline entered the complaint",
        es="Denuncias, y personas referidas en ellas como víctimas directas, en el año en que la "
        "línea registró la denuncia",
        pt="Denúncias, e pessoas mencionadas nelas como vítimas diretas, no ano em que a linha "
        "registrou a denúncia",
        fr="Plaintes, et personnes qui y sont mentionnées comme victimes directes, l’année où la "
        "ligne a enregistré la plainte",
    ),
    caveats=(
        "Complaints and persons named by callers were not examined by any authority.",
        "Counted by tipstat from the publisher's rows; counts below 10 are hidden, and so are "
        "others from which they could be worked out.",
        "A complaint may name several forms of exploitation or none: forms do not add up.",
        "Many complaints name no form of exploitation: possible recruitment, missing persons, "
        "other matters; they are in the total.",
        "Persons have no number in the file: each row counts as one, also where rows are equal.",
        "An age of 0 is read as not stated.",
        "The prosecutors' office PROTEX publishes other numbers of complaints to the same line.",
    ),
    layouts=(
        Layout(
            file="lucha-contra-la-trata-de-personas-denuncias-linea-145-202001-AAAAMM.csv",
            header=(
                "fecha_ingreso", "hora_ingreso", "nro_registro_interno", "situacion", "origen",
                "es_anonima", "tema", "subtema", "provincia", "localidad", "dependencia_alta",
                "via_ingreso", "derivacion_institucion", "derivacion_fecha",
                "derivacion_judicializa", "derivacion2_institucion", "derivacion2_fecha",
                "derivacion2_judicializa", "derivacion3_institucion", "derivacion3_fecha",
                "derivacion3_judicializa", "denunciante_nacionalidad", "denunciante_provincia",
                "denunciante_localidad", "denunciante_tipo", "denunciante_como_conocio_la_linea",
                "denunciante_genero", "denunciante_edad_aparente", "provincia_indec_id",
            ),
            used=("fecha_ingreso", "nro_registro_interno", "subtema"),
            shipped=SHIPPED,
            minimum_rows=5,
        ),
        Layout(
            file="oficina-rescate-denuncias-referidos-202001-AAAAMM.csv",
            header=(
                "nro_registro_interno", "fecha_ingreso_denuncia", "tema", "subtema",
                "referido_tipo", "nacionalidad", "provincia", "localidad", "genero",
                "edad_aparente", "embarazada", "discapacidad", "provincia_indec_id",
            ),
            used=("fecha_ingreso_denuncia", "subtema", "referido_tipo", "genero", "edad_aparente"),
            shipped=SHIPPED,
            minimum_rows=5,
        ),
    ),
    number_locale="es_AR",
    person_level=True,
    threshold=10,
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The publisher's rows counted, or the figure table made of them, in our codes.

    Raises FileRefusedError when the file is neither, or a label is not known; it is not shown.
    """
    rows = Rows(file, SOURCE)
    if "count" not in rows.raw:
        rows.replace(_figures(file, rows.raw))
    figures = rows.figure("count")
    conf_status = pd.Categorical(figures.pop("conf_status"))
    conf_status[per_category(rows.raw["count"], is_complementary)] = "S"
    return rows.tidy(
        ref_area="ARG",
        indicator=rows.recode("measure", label_table(MEASURE, f"MEASURE {HERE}"), "indicator"),
        time_period=rows.raw["year"].array,
        sex=rows.recode(("dimension", "category"), _category("sex"), "sex"),
        age=rows.recode(("dimension", "category"), _category("age"), "age"),
        exploitation=rows.recode(
            ("dimension", "category"), _category("exploitation"), "exploitation"
        ),
        locator=_locators(file.name or rows.layout.file, rows.raw),
        conf_status=conf_status,
        **figures,
    )


def _category(wanted: str) -> Callable[[str, str], str]:
    known = same_codes(wanted)

    def to_code(dimension: str, category: str) -> str:
        if dimension not in DIMENSIONS:
            raise UnknownLabelError(
                "labels_are_known", f"unknown table '{dimension}': add it {HERE}"
            )
        return known(category) if dimension == wanted else "_T"

    return to_code


def _locators(name: str, raw: pd.DataFrame) -> pd.Series:
    """The way to the figure, never to a row of a person."""
    cells = zip(*(raw[column].astype(str) for column in SHIPPED[:-1]), strict=True)
    said = [
        f"counted from {name}: {measure} of {year}, {dimension} {category}"
        for year, measure, dimension, category in cells
    ]
    return pd.Series(said, index=raw.index, dtype="str")


def _figures(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """The figure table of the publisher's rows, a line for each figure that may be printed."""
    if "referido_tipo" in raw:
        measure, counted = "direct victims", _victims(file, raw)
    else:
        measure, counted = "complaints", _complaints(file, raw)
    lines = [
        (year, measure, *cell)
        for year, of_year in counted[counted["whole"]].groupby("year")
        for cell in _cells(of_year)
    ]
    frame = pd.DataFrame(lines, columns=list(SHIPPED), dtype=str)
    return frame.assign(row=range(1, 1 + len(frame)))


def _cells(counted: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Dimension, category and text of every figure of a year."""
    total = len(counted)
    yield "total", "_T", single(total, SOURCE.threshold)
    for dimension, categories in (("sex", SEXES), ("age", AGES)):
        if dimension in counted:
            counts = [int((counted[dimension] == category).sum()) for category in categories]
            texts = parts(counts, total, SOURCE.threshold)
            yield from zip([dimension] * len(texts), categories, texts, strict=True)
    for form in FORM:  # forms overlap and do not cover the total: nothing can be subtracted
        yield "exploitation", form, single(int(counted[form].sum()), SOURCE.threshold)


def _complaints(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """Year and forms of every complaint."""
    number = raw["nro_registro_interno"]
    if (number == "").any():
        _refuse(file, "nro_registro_interno", "is empty in some rows")
    once = raw[~number.duplicated()]
    return pd.DataFrame(
        {**_years(file, once, "fecha_ingreso"), **_forms(file, once)}, index=once.index
    )


def _victims(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """Year, sex, age band and forms of every direct victim."""
    columns = {
        **_years(file, raw, "fecha_ingreso_denuncia"),
        "sex": _coded(file, raw, "genero", SEX.get),
        "age": _coded(file, raw, "edad_aparente", _age),
        **_forms(file, raw),
    }
    kind = _coded(file, raw, "referido_tipo", REFERRED.get)
    return pd.DataFrame(columns, index=raw.index)[kind == "victim"]


def _years(file: File, raw: pd.DataFrame, column: str) -> dict[str, np.ndarray]:
    """The year of every row, and whether that year is over: its December is in the file."""
    month = per_category(raw[column], _month, "U7")
    if (month == "").any():
        _refuse(file, column, "holds other texts than dates")
    year = month.astype("U4")
    december = [text[:4] for text in np.unique(month) if text.endswith("-12")]
    return {"year": year, "whole": np.isin(year, december)}


def _month(date: str) -> str:
    """The year and month of a date YYYY-MM-DD, "" of another text."""
    return date[:7] if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-\d{2}", date) else ""


def _age(text: str) -> str | None:
    """The band of an age in years."""
    if text in {"", "0"}:
        return "_U"
    if not re.fullmatch(r"\d{1,3}", text):
        return None
    return "Y0T17" if int(text) < 18 else "Y_GE18"


def _coded(
    file: File, raw: pd.DataFrame, column: str, to_code: Callable[[str], str | None]
) -> np.ndarray:
    """The code of every row's label."""
    codes = per_category(raw[column], lambda label: to_code(label.strip().casefold()) or "", "U8")
    if (codes == "").any():
        _refuse(file, column, f"holds a label that is unknown {HERE}")
    return codes


def _forms(file: File, raw: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return whether each row names a form of exploitation, by form."""
    subject = raw["subtema"]
    listed = per_category(subject, partial(_names, LISTED))
    if listed.sum() < FEWEST_LISTED * len(listed):
        _refuse(file, "subtema", f"seldom holds a label that is listed {HERE}")
    return {form: per_category(subject, partial(_names, FORM[form])) for form in FORM}


def _names(labels: tuple[str, ...], text: str) -> bool:
    """Return whether a list names a label; commas separate labels, and stand in some."""
    between = f", {text.strip().casefold()},"
    return any(f", {label}," in between for label in labels)


def _refuse(file: File, column: str, what: str) -> NoReturn:
    """Refuses a file without showing what it holds."""
    raise FileRefusedError(
        f"{file.path}: '{column}' {what}; open the file where it came from, since its rows "
        "describe persons and are not shown"
    )
