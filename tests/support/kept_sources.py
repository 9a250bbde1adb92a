"""A project folder with some of its sources or releases only."""

from collections.abc import Callable

from pipelines.lib import paths


def keep_only(*sources: str) -> None:
    """Strike all other sources off the manifest and corrections of a test's own project folder."""
    keep(lambda source, _: source in ("source", *sources))


def keep_unodc() -> None:
    """Keep UNODC's whole releases and the populations."""
    keep_only("int_unodc_glotip", "ref_wpp")
    keep(lambda source, release: (source, release) != ("int_unodc_glotip", "2025-10-28"))


def keep(is_kept: Callable[[str, str], bool]) -> None:
    """Keep some lines of both tables, by source and release; the header is one of them."""
    for path, column in ((paths.manifest(), 0), (paths.corrections(), 1)):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if is_kept(*line.split(",")[column : column + 2])]
        path.write_text("".join(kept), encoding="utf-8")
