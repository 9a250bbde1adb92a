"""Processes that share the work of a run: sources, the warehouse, extracts beside the pages.

They stand in for Dagster's own executor: docs/decisions/orchestration.md says why.
"""

import os
import signal
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import active_children, forkserver, get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread, current_thread, main_thread
from typing import Any, Final

from pipelines.lib import error_place, progress, settings
from pipelines.lib.garbage import collect_rarely
from pipelines.published.versions import version

_FEW: Final = 3
"""Changed sources that are harmonised before another process has imported what it needs."""

_IMPORTED: Final = (
    "pipelines.lib.no_progress_bar",  # before DuckDB
    "pipelines.harmonised.refresh",
    "pipelines.published.extracts.build",
    "pipelines.warehouse.database",
    "pipelines.warehouse.statistics.dispersion",  # it imports SciPy
)
"""Modules that the processes import, once for all of them."""

_BESIDE: Final = ("pipelines.lib.no_progress_bar", "pipelines.published.extracts.build")
"""What they import where this process does all else: the extracts, made beside its pages."""


def count(sources: Collection[str] = ()) -> int:
    """Return the number of processes for sources or the warehouse: one, or what the settings say.

    A run reuses what has not changed: after a version made by the same code little is left to do,
    unless many sources changed.
    """
    is_little = len(sources) <= _FEW and version.of_this_code() is not None
    return 1 if is_little else settings.workers()


def preload(number: int) -> None:
    """Start the fork server, which imports what the processes need, in the background.

    With a number of one, that is what the extracts need.
    """
    if max(number, settings.workers()) > 1:
        forkserver.set_forkserver_preload([*(_IMPORTED if number > 1 else _BESIDE)])
        with _ignoring_interrupts():
            forkserver.ensure_running()


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Let the processes started in the block ignore Ctrl-C: they would print a traceback."""
    if current_thread() is not main_thread():  # signals are the main thread's
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def beside() -> Iterator[Executor]:
    """Yield an executor for what another process makes while this one makes something else."""
    preload(count())
    with executor(settings.workers()) as one:
        yield one


@contextmanager
def executor(number: int) -> Iterator[Executor]:
    """Yield an executor with a number of processes; with one, this process does the work.

    The progress of the processes is reported here. A submitted call raises `BrokenProcessPool` if a
    process is killed.
    """
    if number == 1:
        yield _InlineExecutor()
        return
    preload(number)
    context = get_context("forkserver")
    received, sent = context.Pipe(duplex=False)
    relay = Thread(target=_relay, args=(received,))
    relay.start()
    try:
        inputs = (dict(os.environ), sent)
        with _Processes(number, context, _begin, inputs) as executor, ended_by_ctrl_c():
            yield executor
    finally:
        sent.close()
        relay.join()


@contextmanager
def ended_by_ctrl_c() -> Iterator[None]:
    """End the processes if the block is interrupted: the run waits for none of them."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception):  # Ctrl-C, or Dagster's error of it
            for child in active_children():
                child.terminate()
        raise


def _relay(received: Connection) -> None:
    """Pass on the progress that the processes report, until the last of them has ended."""
    with suppress(EOFError), received:
        while True:
            progress.report(received.recv())


def _begin(environment: Mapping[str, str], reports: Connection) -> None:
    """Take over the run's environment in a new process, and end with the run, even if killed."""
    os.environ.update(environment)
    progress.listen(reports.send)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    collect_rarely()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the run: the next one writes where this process does."""
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


class _Processes(ProcessPoolExecutor):
    """Processes whose errors say where they arose: their tracebacks stay behind."""

    def submit(self, work: Callable[..., Any], /, *inputs: Any, **named: Any) -> Future[Any]:  # noqa: ANN401  # as in the library
        return super().submit(_located, work, *inputs, **named)


def _located(work: Callable[..., Any], /, *inputs: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the call returns
    try:
        return work(*inputs, **named)
    except Exception as error:
        error.add_note(error_place.of(error))
        raise


class _InlineExecutor(Executor):
    """An executor that runs each call in this process, once its result is read."""

    def submit(self, work: Callable[..., Any], /, *inputs: Any, **named: Any) -> Future[Any]:  # noqa: ANN401  # as in the library
        return _Later(partial(work, *inputs, **named))


class _Later(Future[Any]):
    """The result of a call that is made when it is read."""

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__()
        self._call = call

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401  # as in the library
        if not self.done():
            try:
                self.set_result(self._call())
            except Exception as error:
                self.set_exception(error)
        return super().result(timeout)
