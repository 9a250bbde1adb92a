-- a sum has a value although a part of it is suppressed or unknown
with part as (
    select
        current.source,
        subdivision.country,
        subdivision.level,
        subdivision.is_required,
        indicator::varchar as indicator,
        year_of(time_period) as year,
        value,
        sex = '_T' and age = '_T' and exploitation = '_T' as is_total,
        bool_or(is_total) over (
            partition by current.source, ref_area, indicator, freq, time_basis, time_period
        ) as has_total
    from harmonised.current
    join codelist.subdivision on subdivision.code = current.ref_area
    where citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'
)
select distinct source, country, indicator, year
from published.national_sum
join part using (source, country, indicator, year)
where
    national_sum.value is not null
    and part.value is null
    and (is_total or not has_total)
    and part.level in (national_sum.level, '')
    and is_required is distinct from false;
