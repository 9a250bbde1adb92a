"""PNP, Peru: complaints of Lambayeque by month and purpose; nearly every row is printed twice."""

from recount.figures import Recount, figures, table

PURPOSE = {
    "F1_TOTAL": "_T",
    "F1_EXPLOTACION SEXUAL": "SX",
    "F1_EXPLOTACION LABORAL": "FL",
    "F1_TRABAJOS Y SERVICIOS FORZADOS": "FL",
    "F1_MENDICIDAD": "OP_BEG",
    "F1_VENTA DE NIÑOS": "OP_ADOPT",
    "F1_TRAFICO DE ORGANOS TEJIDO HUMANO": "OG",
    "F1_NO IDENTIFICADO": "_U",
}
RELEASE = "2025-07-03"


def recount(find) -> Recount:
    raw = table(find("per_pnp/ds_tratasdp_2017-2023.csv"), sep=";")
    printed = raw[raw["Denuncias por comision"].str.startswith("F1_")]
    once = printed[~printed.drop(columns="row").duplicated()]
    assert set(once["CCDD"]) == {"14"}
    once = once.assign(
        purpose=once["Denuncias por comision"].map(PURPOSE), complaints=once["Valor"].astype(int)
    )
    cells = once.groupby(["ANIO", "MES", "purpose"], as_index=False)
    sums = cells.agg(row=("row", "first"), rows=("row", "size"), complaints=("complaints", "sum"))
    more = (sums["rows"] - 1).map(lambda count: f" and {count:,} more" if count else "")
    return Recount(
        figures(
            sums.assign(
                release=RELEASE,
                locator="ds_tratasdp_2017-2023.csv, row " + sums["row"] + more,
                ref_area="PE-LAM",
                indicator="COMPLAINTS",
                freq="M",
                time_period=sums["ANIO"] + "-" + sums["MES"].str.zfill(2),
                exploitation=sums["purpose"],
                value_raw=sums["complaints"].astype(str),
            )
        ),
        aside={RELEASE: len(printed) - len(once)},
    )
