"""Invented files in the layouts of Argentina's hotline 145."""

import csv
from itertools import count
from pathlib import Path

from pipelines.sources import discover

LINE = discover()["arg_linea145"]
COMPLAINTS, PERSONS = LINE.source.layouts
FILES = {
    "rescate-denuncias-202001-202112_data_cruda.csv": ("2021-12-31", "COMPLAINTS"),
    "oficina-rescate-denuncias-referidos-202001-202112_data_cruda.csv": (
        "2021-12-31",
        "VIC_REPORTED",
    ),
    "oficina-rescate-denuncias-202001-202307.csv": ("2023-07-31", "COMPLAINTS"),
}
USUAL = {
    "fecha_ingreso": "2022-12-30", "fecha_ingreso_denuncia": "2022-12-30",
    "subtema": "Explotación sexual", "referido_tipo": "Victima directa", "genero": "Mujer",
    "edad_aparente": "30",
}  # fmt: skip
NEXT_YEAR = {"fecha_ingreso_denuncia": "2023-11-30"}
PEOPLE = [
    ({}, 40), ({"genero": "Hombre", "edad_aparente": "17"}, 20), ({"genero": "Travesti"}, 2),
    ({"genero": "", "edad_aparente": "0"}, 15), ({"referido_tipo": "Acusado"}, 11),
    ({"subtema": "Matrimonio forzado, explotación laboral"}, 12),
    ({"subtema": "Explotación sexual niñas, niños y adolescentes", "edad_aparente": ""}, 3),
    (NEXT_YEAR, 30),
]  # fmt: skip


def written(path: Path, layout, *rows: tuple[dict[str, str], int]) -> Path:
    """Write an invented file in the publisher's layout; a cell that a row lacks is a sentinel."""
    number = count(1)
    lines = [
        [{**USUAL, **row}.get(name, f"SENTINELA-{next(number)}") for name in layout.header]
        for row, copies in rows
        for _ in range(copies)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([layout.header, *lines])
    return path
