"""Treaty flags: known answers, and no flag where no date was found."""

from collections.abc import Callable

RELEASE = "2026-11-24"


def test_the_message_of_an_unknown_treaty_names_where_to_add_it(of_lines: Callable) -> None:
    found = of_lines("ILO_C190,ARG,,2021-02-23,ratification,1,")
    assert set(found.quarantine["message"]) == {
        "unknown label 'ILO_C190': add it to 'labels' of 'treaty' in pipelines/sources/int_untc.yml"
    }
