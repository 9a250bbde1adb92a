"""YAML as files of the project are read: safely, and refusing a field that is given twice."""

from typing import Any, Final

import yaml

_Base: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class GivenTwiceError(yaml.MarkedYAMLError):  # type: ignore[misc]
    """A field that is given twice; `problem_mark` is where for the second time."""


class _Loader(_Base):  # type: ignore[misc,valid-type]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        names: list[object] = []
        for name, _ in node.value:
            if name.value in names:
                raise GivenTwiceError(
                    problem=f"field '{name.value}' is given twice", problem_mark=name.start_mark
                )
            names.append(name.value)
        return super().construct_mapping(node, deep)


def load(text: str) -> Any:  # noqa: ANN401  # whatever the text holds
    """Return what a text holds, in Python's types.

    Raises:
        yaml.YAMLError: it is no YAML; `GivenTwiceError` if a field is given twice.
    """
    return yaml.load(text, _Loader)  # noqa: S506  # a safe loader
