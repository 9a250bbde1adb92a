"""A history that a run holds open is the one that the web interface reads."""

import dagster as dg

from pipelines.orchestration import open_history


def test_events_of_a_history_that_is_held_open_are_those_of_any_other(
    tmp_path, monkeypatch
) -> None:
    @dg.asset(check_specs=[dg.AssetCheckSpec("counts", asset="figures")])
    def figures() -> dg.MaterializeResult:
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True)])

    job = dg.Definitions([figures]).resolve_implicit_global_asset_job_def()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    (tmp_path / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    runs = []
    for holds in (True, False):
        with dg.DagsterInstance.get() as instance:
            if holds:
                open_history.keep_open(instance)
            runs.append(job.execute_in_process(instance=instance).run_id)
    with dg.DagsterInstance.get() as instance:
        events = [
            [each.dagster_event_type for each in instance.all_logs(run) if each.dagster_event]
            for run in runs
        ]
        assert instance.get_latest_materialization_event(dg.AssetKey("figures")).run_id == runs[1]
    assert events[0] == events[1] != []
