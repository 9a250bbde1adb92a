"""Errors that hold a release back."""

from typing import Final

from pipelines.harmonised.contract_check import ContractBrokenError
from pipelines.lib.errors import TipstatError
from pipelines.raw.corrections import CorrectionError
from pipelines.raw.findings import FindingsError
from pipelines.raw.manifest import ManifestError
from pipelines.raw.reviews import ReviewError
from pipelines.reader.coded_columns import UnknownCodeError
from pipelines.sources import FileRefusedError


class DoubtfulReleaseError(TipstatError):
    """A release that looks wrong compared with the current figures; a person must review it."""


class UnprovenError(Exception):
    """Counts from case records without a certificate that proves their protection."""


REFUSALS: Final = (
    FileRefusedError,
    UnknownCodeError,
    ManifestError,
    CorrectionError,
    FindingsError,
    ContractBrokenError,
    ReviewError,
    DoubtfulReleaseError,
    UnprovenError,
)
"""Errors that hold a release back. Their one-line messages name the problem, place and remedy."""
