-- One row per state of the Americas, indicator that counts something, and year: whether any source has
-- the total.
-- coverage_status: Code of codelist.coverage_status, or `repeated` where only others repeat the total.
with repeated as (
    select ref_area::varchar as ref_area, indicator::varchar as indicator, year, list(source) as sources
    from published.headline
    join main.release using (source, release)
    where provenance = 'REPEATED'
    group by all
)
select
    coverage.ref_area,
    coverage.indicator,
    time_period,
    if(
        coverage_status <> 'partial'
        and coalesce(list_has_all(repeated.sources, coverage.sources), false),
        'repeated',
        coverage_status::varchar
    ) as coverage_status
from published.coverage
left join repeated using (ref_area, indicator, year)
join codelist.indicator on codelist.indicator.code = coverage.indicator
where unit_measure not in ('PER_100000_POP', 'BOOL')
order by coverage.indicator, coverage.ref_area, time_period;
