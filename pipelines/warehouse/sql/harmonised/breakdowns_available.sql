-- One row per source, state, indicator and year: the breakdowns of which there is a figure, be it
-- suppressed, of the state or of a subdivision. Unknown alone is no breakdown.
-- country: State, ISO 3166-1 alpha-3.
-- year: Year.
-- total: Printed total of the state and year; the greatest, if of several kinds of year; empty if
--   none.
-- is_repeated: Whether only others repeat the figures (provenance REPEATED): there may be more of them.
-- breakdowns: Dimensions, as column dims_allowed of codelist.indicator names them.
create view harmonised.breakdowns_available as
select
    source,
    coalesce(subdivision.country, ref_area) as country,
    indicator,
    left(time_period, 4) as year,
    max(value) filter (
        country is null
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    ) as total,
    bool_and(provenance = 'REPEATED') as is_repeated,
    list_filter(
        [
            case when bool_or(sex not in ('_T', '_U', '_Z')) then 'SEX' end,
            case when bool_or(age not in ('_T', '_U', '_Z')) then 'AGE' end,
            case when bool_or(exploitation not in ('_T', '_U', '_Z')) then 'EXPLOITATION' end,
            case when bool_or(citizenship not in ('_T', '_U', '_X', '_Z')) then 'CITIZENSHIP' end,
            case when bool_or(counterpart_role <> '_Z') then 'COUNTERPART' end
        ],
        lambda breakdown: breakdown is not null
    ) as breakdowns
from harmonised.current_text as current
join main.release using (source, release)
left join codelist.subdivision on subdivision.code = current.ref_area
where lower is not null
group by all;
