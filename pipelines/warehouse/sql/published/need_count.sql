-- One row per state, or the Americas, and step of the needs that concerns it: of how many core indicators.
-- area: State, ISO 3166-1 alpha-3, or AMERICAS.
-- need_step: Step of the order of priority (codelist.need_step).
-- indicators: Number of core indicators that need it; one may need several steps.
-- states: Number of states that need it: 1 in the row of a state.
-- sources: Sources that have figures of the states and indicators.
-- key: area, need_step
-- terms: sources
-- extract: none
-- disclosure: none
create table published.need_count as
select
    coalesce(ref_area, 'AMERICAS') as area,
    need_step,
    count(distinct indicator)::integer as indicators,
    count(distinct ref_area)::integer as states,
    list_sort(list_distinct(flatten(list(sources)))) as sources
from (select * replace (ref_area::varchar as ref_area) from published.need)
group by grouping sets ((ref_area, need_step), (need_step))
order by all;
