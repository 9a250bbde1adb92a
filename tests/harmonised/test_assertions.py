"""What sources assert of their releases: it holds of the shipped ones, and finds planted faults."""

from dataclasses import replace

import pytest
from harmonised_releases import Releases

from pipelines.harmonised import assertions, guard
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import manifest
from pipelines.sources import Publication, discover
from schemas.table import Assertions, KnownTotal

SOURCES = discover()
FBI, NEWEST = SOURCES["usa_fbi"].source, "2023-12-31"


def failures(publication: Publication, release: str, made: Harmonised) -> list[str]:
    [action, *_] = [each.action for each in manifest.entries(publication.source.id, release)]
    is_whole = not (made.is_partial or guard.is_partial(publication, action))
    return assertions.failures(publication.source, made, is_whole=is_whole)


def test_they_hold_of_every_shipped_release(harmonised: Releases) -> None:
    found = {
        (source, release): lines
        for (source, release), made in harmonised.items()
        if (lines := failures(SOURCES[source], release, made))
    }
    assert not found


def test_each_source_has_a_known_total(harmonised: Releases) -> None:
    for source, publication in SOURCES.items():
        if source in {key[0] for key in harmonised}:
            assert publication.source.assertions, source
            if publication.source.contract != "assessment":  # statements have no total
                assert publication.source.assertions.known, source


def test_a_wrong_figure_of_a_known_total_is_named(harmonised: Releases) -> None:
    made = harmonised["usa_fbi", NEWEST]
    rows = made.rows.copy()
    here = (rows["ref_area"] == "US-MN") & (rows["time_period"] == "2016")
    rows.loc[here, ["value", "lower", "upper"]] *= 10
    found = failures(SOURCES["usa_fbi"], NEWEST, replace(made, rows=rows))
    assert found == [
        "has 2,350 of Minnesota, Offences recorded, 2016, expected 235",
    ]


def test_rows_and_areas_are_counted(harmonised: Releases) -> None:
    made = harmonised["usa_fbi", NEWEST]
    few = replace(made, rows=made.rows[made.rows["ref_area"] == "US-TX"])
    found = failures(SOURCES["usa_fbi"], NEWEST, few)
    assert found == [
        f"has {len(few.rows)} figures, expected at least 385",
        "has 1 areas, expected at least 40",
    ]
    assert not assertions.failures(FBI, few, is_whole=False), "a part need not have all"


@pytest.mark.parametrize(
    ("known", "line"),
    [
        (KnownTotal(indicator="VIC_DETECT_RATE", time_period="2018", sum=0.18), ""),
        (KnownTotal(indicator="VIC_DETECT_RATE", time_period="2018", sum=0.2), ""),
        (KnownTotal(indicator="VIC_DETECT_RATE", time_period="1999", sum=1), ""),
        (KnownTotal(time_period="2018", sum=0.19), "has 0.18 of 2018, expected 0.19"),
        (
            KnownTotal(time_period="2018", sex="_O", sum=1),
            "has no figure of Other, 2018, expected 1",
        ),
    ],
)
def test_a_known_total_is_exact_to_its_last_decimal(
    harmonised: Releases, known: KnownTotal, line: str
) -> None:
    source = replace(SOURCES["jam_statin"].source, assertions=Assertions(known=(known,)))
    found = assertions.failures(source, harmonised["jam_statin", "2026-08-05"], is_whole=True)
    assert found == ([line] if line else [])
