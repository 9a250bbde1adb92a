"""The verbs, in the order of `tipstat --help`; each is imported when it is asked for.

A verb that counts case records needs a solver, one that runs the graph needs Dagster. To import all
of them takes longer than most verbs do.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from typer.core import TyperGroup
from typer.main import get_group_from_info
from typer.models import TyperInfo

from pipelines.lib import paths
from pipelines.lib.errors import TipstatError

_HERE: Final = Path(__file__).parent
_FIRST: Final = (
    "init", "run", "web_interface", "incoming", "releases", "examine", "quarantine", "review",
    "figures", "images", "serve", "versions", "recall", "cases", "prove", "questionnaire",
)  # fmt: skip
"""Modules whose verbs the help names first, in this order; those of the others follow."""

_COMMAND: Final = re.compile(
    r"^@app\.command\((?P<given>[^@]*?)\)\ndef (?P<function>\w+)"
    r"|^app\.add_typer\((?P<group>.*)\)",
    re.MULTILINE,
)
_NAME: Final = re.compile(r'\bname="([\w-]+)"')

_ANYWHERE: Final = frozenset({"init", "cases", "prove"})
"""Verbs that need no project: that which makes one, and those for an authority's own machine, of
which `cases add` itself asks for one."""


_OF_UNIX: Final = ("fcntl", "resource")
"""Modules of Python that Windows lacks: locks on files, limits of processes."""


@cache
def modules() -> dict[str, str]:
    """Return for each verb the module of `pipelines.cli` that has it, in the order of the help.

    They are found in the text of the modules, without which it is not known what to import.
    """
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(_HERE.glob("*.py"))}
    return {
        name[1] if name else found["function"].replace("_", "-"): module
        for module in dict.fromkeys([*_FIRST, *texts])
        for found in _COMMAND.finditer(texts[module])
        for name in [_NAME.search(found["given"] or found["group"] or "")]
    }


class VerbGroup(TyperGroup):
    """A group of commands that imports the module of a verb when the verb is looked up."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  # Typer's own
        super().__init__(**attributes)
        self.commands = cast(MutableMapping[str, Any], _Verbs())

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  # Typer's
        """Write each verb with what it says of itself first; none is imported for that."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(verb, _summary(verb, module)) for verb, module in modules().items()]
            )


def _summary(verb: str, module: str) -> str:
    """Return the first line of a verb's docstring, or of the help of its group."""
    for name, text in _described(module):
        if name in (verb, None):
            return text.partition("\n")[0]
    raise LookupError(f"pipelines.cli.{module} has no verb {verb}")


@cache
def _described(module: str) -> list[tuple[str | None, str]]:
    """Return verbs and docstrings of a module as it is written; no name with those of groups."""
    found: list[tuple[str | None, str]] = []
    text = (_HERE / f"{module}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            given = [key for each in node.decorator_list for key in getattr(each, "keywords", ())]
            names = [ast.literal_eval(key.value) for key in given if key.arg == "name"]
            verb = names[0] if names else node.name.replace("_", "-")
            found.append((verb, ast.get_docstring(node) or ""))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "typer.Typer":
            found += [
                (None, ast.literal_eval(key.value)) for key in node.keywords if key.arg == "help"
            ]
    return found


def _in_a_project(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb that refuses to run where there is no project."""

    @wraps(verb)
    def run(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401  # those of any verb
        paths.refuse_no_project()
        return verb(*arguments, **options)

    return run


class _Verbs(Mapping[str, Any]):
    def __getitem__(self, verb: str) -> Any:  # noqa: ANN401  # a class that Typer keeps private
        try:
            module = import_module(f"pipelines.cli.{modules()[verb]}")
        except ModuleNotFoundError as error:
            if error.name not in _OF_UNIX:
                raise
            raise TipstatError(
                f"tipstat {verb} needs '{error.name}', which this system lacks: on Windows run "
                "tipstat in WSL, the Windows Subsystem for Linux"
            ) from None
        group = get_group_from_info(
            TyperInfo(module.app),
            pretty_exceptions_short=False,
            rich_markup_mode=None,
            suggest_commands=True,
        )
        command = group.commands[verb]
        if verb not in _ANYWHERE and command.callback:
            command.callback = _in_a_project(command.callback)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(modules())

    def __len__(self) -> int:
        return len(modules())
