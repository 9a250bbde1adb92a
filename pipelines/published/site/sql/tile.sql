-- One row per state of the Americas: number of core indicators with a figure from any source, suppressed
-- figures and figures of parts included. Rates and yes-or-no facts are not figures to report.
-- known: Number of core indicators with a figure of the state.
-- all_known: Number of core indicators with a figure of any state.
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
