"""`tipstat serve`: site, extracts, SDMX and plain figures of the current version, over HTTP.

One process, which only reads. `current` holds the version that readers see, `answers` what was
asked before, `files` what lies in versions, `plain` the figures for people without SDMX, `sdmx`
those for people with it; `application` joins them, `process` runs them. Nothing here needs the web
framework but `application`, `answers`, `files`, `shell`, `impatient` and `process`.
"""
