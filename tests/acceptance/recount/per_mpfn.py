"""Ministerio Público, Peru: cases a year."""

from recount.figures import Recount, figures, table


def recount(find) -> Recount:
    raw = table(find("per_mpfn/casos_anual.csv"))
    return Recount(
        figures(
            raw.assign(
                release="2018-12-31",
                locator="casos_anual.csv, row " + raw["row"],
                ref_area="PER",
                indicator="INV_OPENED",
                time_period=raw["anio"],
                value_raw=raw["casos"],
            )
        )
    )
