"""Detectors of mislabelled and copied tables: pure functions from figures to findings.

A file can print a figure in the wrong place: another indicator's table under a neighbour's label,
last year's table again, women under "children". No single row shows it, but the other rows of the
file and the previous release do. A detector looks for one such accident in any source.

A detector is one module, named after the code of its findings: its docstring explains it, and
`DETECTOR` declares it, with its texts. Everything else that names detectors is derived from these:
examination, version, code list, remedies, errata, docs, pages.

`figures_of(tidy)` returns the figures of a file, one row for each printed figure; `tidy` must have
the publisher's WHOLE file, including rows set aside as another state's:

    row, column     the publisher's row number, and the column where a row prints several figures
    ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown      codes, as text; missing if unread
    value, lower, upper     the figure; `<5` has no value, and 0 and 4

`examine(figures, before, published)` returns the findings. `before` are the figures of the previous
release, None if there is none: of its whole file if available, else of its figure table.
`published` are the states whose figures are published, all of the file's if None. Only these have
findings and count as tests; chances are measured in the whole file.

A finding is a row for each printed figure concerned:

    row, column     as above
    detector        its code
    reason          a finer code, such as F1 of FILLED_COLUMN; "" where there is none
    effect          KEEP_OUT: quarantined; DOUBTFUL: published with status U; LIST: only listed
    indicator, kind, year   the table of the figure; kind is its breakdown ("sex x age")
    evidence        what kind of evidence there is: a code of `pipelines/raw/evidence.csv`
    other_area, other_indicator, other_kind, other_year, exchanged   what it was compared with
    agree, compared, others_agree, others_compared, least, most, by_chance   the numbers, as
                    `main.finding` explains them; missing where they are not part of the evidence

A figure has at most one finding of each detector. Yearly figures are examined; of months and
quarters only single figures (`Stage.FIGURES`). A subdivision is an area like a state.
"""

from pipelines.intake.detectors.detector import Detector, discover, version
from pipelines.intake.detectors.examination import examine
from pipelines.intake.detectors.figures import COLUMNS, PLACE, figures_of

__all__ = [
    "COLUMNS",
    "PLACE",
    "Detector",
    "discover",
    "examine",
    "figures_of",
    "version",
]
