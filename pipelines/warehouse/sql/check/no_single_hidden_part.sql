-- one hidden part could be recomputed from its total and the other parts, which we counted
with counted as (
    select observation.*
    from harmonised.observation
    join main.source using (source)
    where source.threshold > 0 and counterpart_role = '_Z'
),
by_sex as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, age, exploitation,
        citizenship, breakdown, 'sex' as part
    from counted
    group by all
    having
        count(value) filter (sex = '_T') = 1
        and count(*) filter (sex <> '_T') > 1
        and count(*) filter (sex <> '_T' and value is null) = 1
),
by_age as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, exploitation,
        citizenship, breakdown, 'age' as part
    from counted
    group by all
    having
        count(value) filter (age = '_T') = 1
        and count(*) filter (age <> '_T') > 1
        and count(*) filter (age <> '_T' and value is null) = 1
)
select source, ref_area, indicator, time_period, part
from by_sex
union all
select source, ref_area, indicator, time_period, part
from by_age;
