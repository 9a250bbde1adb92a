-- One row per source, state, indicator, kind of year and year: the total that holds now, and our sum
-- where it is cited, with what the judgements on figures need.
-- remarks: What its own row says of it: codes of codelist.remark; see judged.own.
-- unit_measure: Unit of the figure (codelist.unit_measure).
-- kind: victims, offenders or events.
-- is_sum: Whether it is our sum of what the source prints (published.national_sum).
-- may_stand: Whether it may stand beside others: a figure with bounds, of a single year, not doubtful.
-- is_cited: Whether it is to cite: of the series (published.national_series), or the newest figure.
-- is_last: Whether it is the newest figure (published.newest) of the state and indicator.
-- made_after: rules and statistics
create table judged.figure as
with total as (
    select
        current_total.* exclude (flags, correction, locator, comment), own.remarks, false as is_sum
    from judged.current_total
    join judged.own using (source, release, locator, ref_area, indicator, time_basis, time_period)
    where is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    union all by name
    select
        source, release, ref_area, indicator, time_basis, time_period, year, value, lower, upper,
        obs_status, conf_status, def_scope, break_reason, ['SUM_OURS'] as remarks,
        true as is_sum
    from judged.citable
    semi join (
        select source, ref_area, indicator, time_basis, year
        from published.national_series
        where is_sum
        union
        select source, ref_area, indicator, time_basis, year
        from published.newest
        where is_sum
    ) as cited using (source, ref_area, indicator, time_basis, year)
    where is_sum
),
cited as (
    select
        source, ref_area, indicator, time_basis, time_period, is_sum,
        is_of_series is not null as is_last
    from published.national_series
    full join published.newest using (source, ref_area, indicator, time_basis, time_period, is_sum)
)
select
    total.*,
    list.unit_measure,
    case
        when list.domain in ('VIC', 'EST') then 'victims'
        when list.domain = 'CJS' and list.count_unit = 'PERSON' then 'offenders'
        else 'events'
    end as kind,
    provenance,
    reprints,
    lower is not null
    and total.time_basis not in ('CUM', 'OTHER', 'UNK', 'PIT')
    and not has_status(obs_status, 'U') as may_stand,
    cited.is_last is not null as is_cited,
    coalesce(cited.is_last, false) as is_last
from total
join (select source, release, provenance from main.release) as origin using (source, release)
join (select source, reprints from main.source) as printed using (source)
join codelist.indicator as list on list.code = total.indicator
join codelist.area on area.code = total.ref_area and area.is_oas
left join cited using (source, ref_area, indicator, time_basis, time_period, is_sum);
