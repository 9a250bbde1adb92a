"""The flow of the data, folder by folder.

Read the folders in this order:

- `lib`: helpers that know nothing of statistics.
- `raw`: files as published, and what people recorded about them.
- `reader`: what sources read files with.
- `sources`: one publication each, in our codes.
- `harmonised`: rows that satisfy the contract, quarantine, account; the guard.
- `intake`: how new releases come in; detectors.
- `warehouse`: the DuckDB file, its SQL, statistics and queries.
- `published`: versions, extracts, pages, charts, images.
- `docs`: generated pages of docs/.
- `scaffold`: how a source is begun.
- `orchestration`: Dagster's assets, checks, schedules, sensors; alerts.
- `definitions`: Dagster's entry point.
- `cli`: the command line.

Data goes one way, and no folder imports one that is listed after it.
"""
