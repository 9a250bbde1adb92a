-- One row per indicator that has a series to cite in the Americas: what the series of all states say
-- together. Series that count something else are left out.
-- compared: States whose levels at the beginning and now are compared (published.trend).
-- doubled: Those whose level is at least double, or was none.
-- halved: Those whose level is at most half, or is none.
-- tested: Series with a test of their own, of at least {parameter.least_years_of_trend} years.
-- up: Those that lean upwards.
-- down: Those that lean downwards.
-- lean: ROSE or FELL where all together lean one way more than chance explains, else UNSURE.
-- joint_p_value: Probability that chance alone makes all together lean so far one way: Stouffer's test
--   of independent series, two-sided. It holds for series that return to a level, not for counts that
--   drift at random.
-- sources: Their sources.
-- alone: States whose own evidence is strong.
-- made_after: rules and statistics
-- key: indicator
-- terms: sources
-- extract: csv
-- disclosure: aggregate
create table published.region as
with series as (
    select trend.*
    from published.trend
    semi join judged.pooled using (source, ref_area, indicator, time_basis)
)
select
    indicator,
    list_sort(list(distinct source)) as sources,
    count(change_size) as compared,
    count(*) filter (change_group = 'DOUBLED') as doubled,
    count(*) filter (change_group = 'HALVED') as halved,
    coalesce(any_value(joint_trend.tested), 0) as tested,
    coalesce(any_value(joint_trend.up), 0) as up,
    coalesce(any_value(joint_trend.down), 0) as down,
    case
        when any_value(joint_p_value) <= parameter.clear_lean()
            then case when any_value(joint_trend.up > joint_trend.down) then 'ROSE' else 'FELL' end
        else 'UNSURE'
    end as lean,
    any_value(joint_p_value) as joint_p_value,
    list_sort(coalesce(list(ref_area) filter (evidence = 'STRONG'), [])) as alone
from series
left join main.joint_trend using (indicator)
group by indicator
order by indicator;
