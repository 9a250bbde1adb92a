"""Writes the figure table of a release: the rows of the 35 OAS states in the publisher's columns.

A figure table holds what the project ships of a publisher's file. Its first column, `row`, is the
row in that file, so that every figure keeps its way back; the text of every cell is untouched.
"""

from pathlib import Path

from pipelines import manifest, paths
from pipelines.sources import Publication, refuse_short
from pipelines.sources._reading import ROW
from pipelines.sources._toolbox import NOT_AN_OAS_STATE


def add_release(
    publication: Publication, file: Path, release: str, retrieved: str, obtained_from: str = ""
) -> manifest.RawFile:
    """Makes the figure table of a publisher's file, stores it and enters it in the manifest.

    `release` and `retrieved` are ISO dates; `obtained_from` is where the bytes were obtained if
    not from the publisher. A release is never overwritten by other figures.

    Raises:
        FileRefusedError: the file is not what the source publishes.
        ManifestError: the release is here already, with other figures.
    """
    source = publication.source
    tidy = publication.tidy(file)
    refuse_short(file, len(tidy.raw), source)
    ours = tidy.raw[(tidy.set_aside != NOT_AN_OAS_STATE).to_numpy()]
    name = f"{source.id}/{release}.csv"
    text = ours[[ROW, *source.header]].to_csv(index=False, lineterminator="\n")
    _write(text, paths.raw() / name)
    entry = manifest.RawFile(
        source=source.id,
        release=release,
        file=name,
        rows=str(len(ours)),
        sha256=manifest.sha256(paths.raw() / name),
        publisher=source.publisher,
        publisher_file=file.name,
        publisher_sha256=manifest.sha256(file),
        address=source.address,
        obtained_from=obtained_from or source.address,
        retrieved=retrieved,
        licence=source.licence.en,
        citation=f"{source.citation}, release of {release}",
    )
    manifest.enter(entry)
    return entry


def _write(text: str, path: Path) -> None:
    content = text.encode()
    if path.is_file() and path.read_bytes() != content:
        raise manifest.ManifestError(
            f"{path}: this release is here already, with other figures; if it was entered by "
            "mistake, remove the file and its line in the manifest"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".csv.new")
    beside.write_bytes(content)
    beside.replace(path)
