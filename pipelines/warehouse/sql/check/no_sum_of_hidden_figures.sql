-- a sum has a value although a part of it is suppressed or unknown
with part as (
    select
        current.source,
        coalesce(subdivision.country, ref_area::varchar) as country,
        coalesce(subdivision.level, '0') as level,
        indicator::varchar as indicator,
        year_of(time_period) as year,
        value,
        sex = '_T' and age = '_T' and exploitation = '_T' as is_total,
        bool_or(is_total) over (
            partition by current.source, ref_area, indicator, freq, time_basis, time_period
        ) as has_total,
        case
            when subdivision.code is null then sex <> '_T' and age = '_T' and exploitation = '_T'
            else (is_total or not has_total) and is_required is distinct from false
        end as is_summed
    from harmonised.current
    left join codelist.subdivision on subdivision.code = current.ref_area
    where citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'
)
select distinct source, country, indicator, year
from published.national_sum
join part using (source, country, indicator, year)
where
    national_sum.value is not null
    and part.value is null
    and is_summed
    and (part.level = national_sum.level::varchar or part.level = '' and national_sum.level <> 0);
