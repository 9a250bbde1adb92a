"""Detectors of mislabelled and copied tables: pure functions from figures to findings.

A file can print a figure in the wrong place: another indicator's table under a neighbour's label,
last year's table again, women under "children". No single row shows it; the other rows of the file,
and the release before, do. Each module here looks for one such accident in whatever source.

`figures_of(tidy)` makes of what a source read (`Tidy` of the publisher's WHOLE file, rows set aside
as another state's included) a plain frame of figures, one row for each printed figure:

    row, column     the publisher's row number, and the column where a row prints several figures
    ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown      codes, as text; missing if it was not read
    value, lower, upper     the figure; `<5` has no value, and 0 and 4

`examine(figures, before, published)` returns the findings. `before` are the figures of the release
before, None if there is none: of its whole file where that is at hand, else of its figure table.
`published` are the states whose figures are published, all of the file's if None. Findings are of
these only, and tests are counted in these only; chances are measured in the whole file.

A finding is a row for each printed figure concerned:

    row, column     as above
    detector        COPIED_TABLE, OTHER_INDICATOR, COPIED_YEAR, COPIED_AREA, MOVED, RESTATED,
                    MARGIN_IS_MARGIN, FILLED_COLUMN, DIGIT_SLIP, DIGITS_EXCHANGED, QUESTION_NUMBER,
                    OWN_YEAR
    reason          a finer code: F1, F2, F3, F4, FA of FILLED_COLUMN; "" where there is none
    effect          KEEP_OUT: not to be published; DOUBTFUL: published with status U; LIST: listed
    table           the table concerned: indicator, breakdown and year ("PER_CONVICT exploitation
                    2021"). Findings COPIED_TABLE and MARGIN_IS_MARGIN that keep out name every
                    figure of the table, hidden ones too: the table of the release before may stand.
    evidence        numbers and codes

A figure has one finding for each detector at most. Years are examined; of months and quarters only
single figures (QUESTION_NUMBER, OWN_YEAR). A subdivision is an area like a state.
"""

from pipelines.intake.detectors.examination import VERSION, examine
from pipelines.intake.detectors.figures import PLACE, figures_of
from pipelines.intake.detectors.findings import COLUMNS, Effect

__all__ = ["COLUMNS", "PLACE", "VERSION", "Effect", "examine", "figures_of"]
