-- severity: WARN
-- kind: size
-- title: Totals of {parameter.least_total_of_two_indicators} or more are not the same under two indicators of a source in several years
-- It may be true, of persons suspected and prosecuted say; or one table was copied into another. A
-- total that is known to count another unit is left out.
with total as (
    select source, release, ref_area, time_basis, time_period, indicator, value
    from harmonised.total
    where
        value >= parameter.least_total_of_two_indicators()
        and not list_contains(flags, 'OTHER_UNIT')
        and is_count(indicator)
),
pair as (
    select
        one.*,
        other.indicator as other_indicator,
        one.value = other.value as is_same,
        count(*) filter (is_same) over (
            partition by source, release, ref_area, time_basis, one.indicator, other.indicator
        ) as same
    from total as one
    join total as other using (source, release, ref_area, time_basis, time_period)
    where one.indicator <> other.indicator
)
select
    source, release, ref_area, indicator, time_basis, time_period,
    other_indicator::varchar as other_indicator, other_indicator::varchar as subject,
    if(is_same and same > 1, 'same number', 'holds') as verdict,
    number_text(value) as detail
from pair;
