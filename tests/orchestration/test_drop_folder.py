"""The drop folder: a sensor that only looks, a job that takes each file once."""

from pathlib import Path

import dagster as dg
import orjson
import pytest
from inbox_files import lay

from pipelines.lib import paths
from pipelines.orchestration import drop_folder
from pipelines.raw import manifest


@pytest.fixture
def tick(whole_project: Path):
    """Evaluate the sensor as the daemon does, from one cursor to the next."""
    with dg.DagsterInstance.ephemeral() as instance:
        cursor = None

        def evaluate() -> dg.SensorResult | dg.SkipReason:
            nonlocal cursor
            context = dg.build_sensor_context(instance, cursor=cursor)
            result = drop_folder.drop_folder(context)
            cursor = result.cursor if isinstance(result, dg.SensorResult) else cursor
            return result

        evaluate.instance = instance
        yield evaluate


def files(request: dg.RunRequest) -> list[str]:
    return request.run_config["ops"]["take_in_files"]["config"]["files"]


def take(request: dg.RunRequest) -> dg.ExecuteInProcessResult:
    return drop_folder.take_in.execute_in_process(
        run_config=request.run_config, raise_on_error=False
    )


def test_files_are_requested_once_they_rest_fifty_at_a_time_by_day(tick) -> None:
    """The next fifty wait for these: an older release that comes after a newer one is set aside."""
    assert tick().skip_reason.skip_message == "no files in data/inbox"
    for number in range(60):
        lay(f"{100 - number} 2024-{1 + number // 28:02}-{1 + number % 28:02}.csv", b"Dear Sirs")
    assert not tick().run_requests, "they may still be being copied"
    (paths.inbox() / "99 2024-01-02.csv").write_bytes(b"Dear Sirs and Madams")
    [request] = tick().run_requests
    asked = files(request)
    assert asked[:2] == ["100 2024-01-01.csv", "98 2024-01-03.csv"]
    assert len(asked) == drop_folder.BATCH


def test_a_file_that_stays_is_requested_three_times(tick) -> None:
    """Dagster asks for each run key once: another attempt needs a key of its own."""
    lay("letter.csv", b"Dear Sirs")
    tick()
    keys = [each.run_key for _ in range(5) for each in tick().run_requests]
    assert len(set(keys)) == len(keys) == drop_folder.ATTEMPTS
    assert "left after 3 runs" in tick().skip_reason.skip_message
    (paths.inbox() / "letter.csv").unlink()
    assert orjson.loads(tick().cursor) == {"files": {}, "asked": {}}


def test_nothing_is_requested_while_files_are_taken_in(tick) -> None:
    lay("letter.csv", b"Dear Sirs")
    tick()
    config = tick().run_requests[0].run_config
    started = dg.DagsterRunStatus.STARTED
    tick.instance.create_run_for_job(drop_folder.take_in, run_config=config, status=started)
    assert tick().skip_message == "files are being taken in"


@pytest.mark.slow
@pytest.mark.usefixtures("one_detector")
def test_the_job_takes_what_a_source_recognises_and_fails_for_the_rest(tick) -> None:
    lay("figures 2025-06-30.csv", (paths.raw() / "pry_ine" / "2023-10-31.csv").read_bytes())
    lay("letter.csv", b"Dear Sirs")
    tick()
    result = take(tick().run_requests[0])
    [event] = [each for each in result.all_events if each.is_step_failure]
    reason = event.step_failure_data.user_failure_data.description
    assert reason.startswith("letter.csv: is not taken by any source; see ")
    assert not list(paths.inbox().glob("*.csv"))
    assert manifest.entries("pry_ine")[-1].release == "2023-10-31", "the same figures: nothing new"
