"""The part of a wheel that is no code: the shipped figures and the guides, `pipelines/shipped`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFigures(BuildHookInterface):
    """Put the figures that git's index has into a wheel, none that were taken in since."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy them aside, and have the builder include the copy; an editable wheel needs none."""
        if version != "standard":
            return
        sys.path.insert(0, self.root)
        from pipelines.raw import shipped

        self._copy = TemporaryDirectory(prefix="tipstat-")
        folder = Path(self._copy.name) / "shipped"
        folder.mkdir()
        shipped.copy_shipped(Path(self.root), folder)
        shipped.copy_pages(Path(self.root), folder)
        build_data["force_include"][str(folder)] = "pipelines/shipped"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the copy."""
        if version == "standard":
            self._copy.cleanup()
