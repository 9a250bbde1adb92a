"""What long work reports reaches whoever listens, and nobody after that."""

from pipelines.lib import progress


def test_reports_are_heard_while_somebody_listens() -> None:
    heard: list[str] = []
    with progress.listening(heard.append):
        progress.report("ARG, 1 of 35")
    progress.report("ATG, 2 of 35")
    assert heard == ["ARG, 1 of 35"]
