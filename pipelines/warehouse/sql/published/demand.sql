-- One row per statement or figure that speaks of demand, brought together: what the United States'
-- reports credit, miss and recommend under the codes of measures against demand and of labour
-- inspection, and figures of the indicators of demand, such as labour inspections and workers found.
-- Of the common standard's indicators two speak of demand, DEM_CONVICT and DEM_LAB_FOUND; one without a
-- row here has no figure in any source. What stands at an address too weak to rest on, or has a code that is
-- in doubt, is left out (published.assessment_statement has it).
-- form: STATEMENT or FIGURE.
-- year: Year of the report, or of the period, as a number.
-- indicator: FIGURE: what is counted (codelist.indicator).
-- time_period: FIGURE: the period, YYYY; STATEMENT: year of the report.
-- code: STATEMENT: what it is about (codelist.assessment_code).
-- kind: STATEMENT: EFFORT, SHORTFALL or RECOMMENDATION.
-- rank: STATEMENT: place of the item in its list.
-- summary: STATEMENT: the item in a few words of ours, in English.
-- is_cut: STATEMENT: whether its list could not be read to its end.
-- is_self: STATEMENT: whether it is the government's own assessment of itself.
-- provenance: Whether it was read in the publication, in a copy, or in what others repeat.
-- address: STATEMENT: where it was read.
-- key: form, source, ref_area, year, indicator, time_basis, kind, rank, code
-- terms: source
-- extract: none
-- disclosure: repeats
-- made_after: rules and statistics
create table published.demand as
select
    'STATEMENT' as form, source, release, ref_area, report_year as year, code, kind, rank, summary,
    is_cut, is_self, null::varchar as indicator, 'TIPR' as time_basis, report_year::varchar as time_period,
    null::double as value, null::double as lower, null::double as upper,
    null::varchar as value_raw, null::varchar as obs_status, null::varchar as conf_status,
    provenance, address, locator
from published.assessment_statement
semi join (from codelist.assessment_code where subject = 'DEMAND') as listed using (code)
where is_counted
union all by name
select
    'FIGURE' as form, source, release, ref_area, year, indicator, time_basis, time_period, value,
    lower, upper, value_raw, obs_status, conf_status, release.provenance, headline.locator
from published.headline
join main.release using (source, release)
semi join (from codelist.indicator where domain = 'DEM') as listed on listed.code = headline.indicator
order by form desc, ref_area, year, source, indicator, kind, rank, code;
