"""Ask `tipstat verify`."""

from typer.testing import CliRunner

from pipelines.cli.app import app

runner = CliRunner()


def faults_of_verify() -> str:
    """Return the errors of `tipstat verify`, which must find some."""
    outcome = runner.invoke(app, ["verify"])
    assert outcome.exit_code == 1
    return outcome.stderr


def is_verified() -> bool:
    return runner.invoke(app, ["verify"]).exit_code == 0
