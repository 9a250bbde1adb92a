-- id: I3
-- severity: WARN
-- title: Narrow age bands stay within children and within adults
with band as (
    select interval.*, age_list.level::integer as level,
        case when age_list.level = '2' then
            case when age_list.max_age <> '' and age_list.max_age::integer < 18
                then 'Y0T17' else 'Y_GE18' end
            else age::varchar
        end as of_age
    from harmonised.interval
    join codelist.age as age_list on age_list.code = interval.age
    where age not in ('_T', '_U', '_Z')
),
margin as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, of_age, sex,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        max(lower) filter (level = 1) as total_lower,
        max(upper) filter (level = 1) as total_upper,
        sum(lower) filter (level = 2) as parts_lower,
        sum(upper) filter (level = 2) as parts_upper,
        count(*) filter (level = 2) as parts
    from band
    group by all
)
select
    source, release, ref_area, indicator, time_period,
    concat_ws(' ', 'age', of_age, 'sex', sex, 'exploitation', exploitation) as subject,
    case
        when total_lower is null then 'untestable'
        when parts_lower > total_upper then 'exceeds'
        when isinf(total_upper) then 'untestable'
        else 'holds'
    end as verdict,
    'total ' || interval_text(total_lower, total_upper)
    || ', parts ' || interval_text(parts_lower, parts_upper) as detail
from margin
where parts > 0;
