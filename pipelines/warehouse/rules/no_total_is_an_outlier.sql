-- severity: WARN
-- kind: series
-- title: No total is {parameter.factor_of_outlier} times all others of its series
with total as (
    select *
    from harmonised.total
    where value is not null
),
ranked as (
    select
        *,
        lead(value) over (
            partition by source, release, ref_area, indicator, time_basis order by value desc
        ) as next_value,
        count(*) over (partition by source, release, ref_area, indicator, time_basis) as points,
        row_number() over (
            partition by source, release, ref_area, indicator, time_basis order by value desc
        ) as place
    from total
)
select
    source, release, ref_area, indicator, time_basis, time_period, '' as subject,
    case
        when points < parameter.least_years_beside_outlier() then 'untestable'
        when
            place = 1
            and value >= parameter.factor_of_outlier()
                * greatest(next_value, parameter.least_beside_outlier())
            then 'outlier'
        else 'holds'
    end as verdict,
    number_text(value) || ', next largest ' || coalesce(number_text(next_value), 'none') as detail
from ranked;
