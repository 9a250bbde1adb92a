-- One row per figure that holds now, with the attributes of its indicator and source. How far it may be
-- compared, and what else is known of it, is described at judged.known.
-- year: Year of the period, as a number.
-- country: State to which the area belongs, ISO 3166-1 alpha-3; for a state the same as ref_area.
-- count_unit: What is counted: persons, cases, offences ... (codelist.count_unit).
-- unit_measure: Unit of the figure (codelist.unit_measure).
-- stage: Stage of the state's response that the indicator stands for (codelist.stage).
-- publisher: Authority.
-- provenance: Whether it was read in the publisher's own file, in a copy of it, or only in what others
--   repeat (codelist.provenance).
-- licence: Terms of use.
-- citation: How to cite the release.
-- key: source, cell_key
-- terms: source
-- extract: csv, parquet, sdmx, workbook
-- extract_without: publisher, licence, citation
-- disclosure: repeats
-- made_after: rules and statistics
create view published.observation as
select
    observation.*,
    coalesce(subdivision.country, observation.ref_area) as country,
    unit.count_unit,
    unit.unit_measure,
    unit.stage,
    release.publisher,
    release.provenance,
    release.licence,
    release.citation,
    known.comparability,
    known.remarks
from harmonised.current_text as observation
left join judged.known using (source, cell_key)
join main.release on release.source = observation.source and release.release = observation.release
join codelist.indicator as unit on unit.code = observation.indicator
left join codelist.subdivision on subdivision.code = observation.ref_area;
