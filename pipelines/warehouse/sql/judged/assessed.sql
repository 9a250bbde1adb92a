-- One row per statement of the reports that hold now, and one of kind NONE per report of which only the
-- tier was read: of each report the newest release that has it, since the last that replaced all.
-- report_year: Year of the report, as a number.
-- is_cut: Whether the list that the statement is from could not be read to its end.
-- is_weak: Whether the page where it was read is too weak to rest on.
-- address: Where it was read; empty of a weak place.
-- is_self: Whether the government that judges is that of the state.
-- doubt: Why the statement counts in no answer under its code (codelist.assessment_doubt); empty if it does.
-- is_counted: Whether answers count it under its code: neither the place is weak nor the code in doubt.
create view judged.assessed as
select
    assessment.source,
    assessment.release,
    assessment.ref_area::varchar as ref_area,
    time_period::integer as report_year,
    kind::varchar as kind,
    rank::integer as rank,
    code::varchar as code,
    tier::varchar as tier,
    direction::varchar as direction,
    summary,
    value = 1 as is_cut,
    assessment.provenance::varchar as provenance,
    nullif(address, '') as address,
    weakness <> '' as is_weak,
    starts_with(source, lower(ref_area::varchar)) as is_self,
    nullif(doubt::varchar, '_Z') as doubt,
    weakness = '' and doubt = '_Z' as is_counted,
    locator
from main.assessment
join main.release using (source, release)
where release.is_current and coding = 'main'
qualify release = max(release) over (partition by source, ref_area, time_period);
