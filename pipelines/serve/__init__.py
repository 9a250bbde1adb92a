"""`tipstat serve`: site, extracts, SDMX and plain figures of the current version, read-only, over HTTP."""
