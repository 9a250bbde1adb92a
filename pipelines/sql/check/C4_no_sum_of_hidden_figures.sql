-- a sum has a value although a part of it is suppressed or unknown (C4)
select national_sum.source, national_sum.country, national_sum.indicator, national_sum.year
from published.national_sum
where value is not null
    and exists (
        from harmonised.current as part
        join codelist.subdivision on subdivision.code = part.ref_area
        where
            part.source = national_sum.source
            and subdivision.country = national_sum.country
            and part.indicator::varchar = national_sum.indicator
            and left(part.time_period, 4) = national_sum.year
            and part.sex = '_T' and part.age = '_T' and part.exploitation = '_T'
            and part.value is null
    );
