-- One row per state of the OAS: of how many core indicators some source has a figure, suppressed
-- ones and figures of parts included.
-- known: How many.
-- all_known: Of how many indicators some source has a figure of some state.
-- Rates and yes-or-no facts are no figures to report.
with core as (
    select code as indicator
    from codelist.indicator
    where core and unit_measure not in ('PER_100000_POP', 'BOOL')
)
select
    ref_area,
    count(distinct indicator) filter (coverage_status in ('reported', 'suppressed', 'partial'))
        as known,
    count(distinct indicator) as all_known
from published.coverage
semi join core using (indicator)
group by ref_area
order by ref_area;
