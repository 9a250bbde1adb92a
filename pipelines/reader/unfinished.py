"""What a person must still confirm or fill in before a release of a source is taken in."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from pipelines.raw import source_files
from pipelines.reader.refusal import FileRefusedError
from schemas.source import FILL_IN, Source


def left_open(source: Source) -> list[str]:
    """Return what is to be confirmed or filled in, each with its place in the source's files.

    Those are its metadata, its module, and its tables of labels.
    """
    metadata = source_files.place(source.id)
    read_anew = {"tables": ()} if source.open_sdg else {}  # which open_sdg stands for
    described = asdict(source) | {"proposed": ()} | read_anew
    found = [f"{metadata}: proposed: {each}" for each in source.proposed]
    found += [f"{metadata}: {at}: {text}" for at, text in _texts(described) if FILL_IN in text]
    folder = source_files.folder(source.id)
    names = f"{source.id}.py", f"_{source.id}_*.py", f"{source.id}_*.csv"
    for path in sorted(path for name in names for path in folder.glob(name)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if FILL_IN in line:
                found.append(f"{source_files.shown(path)}, line {number}: {line.strip()}")
    return found


def refuse_unfinished(source: Source) -> None:
    """Refuse to take in a release of a source that is not confirmed and filled in.

    Raises:
        FileRefusedError: something is left open: how much, and the first of it.
    """
    if left := left_open(source):
        more = f" (and {len(left) - 1} more)" if left[1:] else ""
        raise FileRefusedError(
            f"{source.id}: to be confirmed or filled in before a release: {left[0]}{more}; "
            f"'tipstat validate FILE --source {source.id}' names each"
        )


def _texts(described: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a description, with its place in it."""
    if isinstance(described, str):
        yield place.removeprefix("."), described
    elif isinstance(described, Mapping):
        for key, value in described.items():
            yield from _texts(value, f"{place}.{key}")
    elif isinstance(described, tuple | list):
        for number, value in enumerate(described):
            yield from _texts(value, f"{place}[{number}]")
