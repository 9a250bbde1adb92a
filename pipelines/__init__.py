"""The pipeline, folder by folder, in the order in which data flows.

Read the folders in this order:

- `lib`: helpers without any knowledge of statistics.
- `words`: texts, numbers and names in four languages; what may be shown of a figure.
- `raw`: files as published, and what people recorded about them.
- `protection`: which counts of persons are printed exactly, and what is told of the others.
- `reader`: functions with which sources read files.
- `cases`: records of victims, which stay where they are, counted.
- `sources`: one module per publication, which reads it into our codes.
- `harmonised`: rows that satisfy the contract, quarantine, account of rows; the guard.
- `intake`: how new releases come in; detectors.
- `warehouse`: the DuckDB file, its SQL, statistics and queries.
- `published`: versions, extracts, pages, charts, images.
- `questionnaire`: the form that a state fills in: written, read back, checked, taken in.
- `docs`: generated pages of docs/.
- `scaffold`: the start of a new source.
- `orchestration`: Dagster's assets, checks, schedules, sensors; alerts.
- `serve`: the service over HTTP: pages, extracts, SDMX and plain figures.
- `definitions`: Dagster's entry point.
- `cli`: the command line.

Data goes one way, and no folder imports one that is listed after it.
"""

import warnings

# pandera imports PySpark's pandas if it is there, which warns of ours; we use neither on Spark.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
