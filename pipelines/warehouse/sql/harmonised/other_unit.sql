-- One row per yearly total that counts another unit than its name says: it is the number of the
-- state's own file, which counts other things, such as victims where it says offences. In several
-- years that is no chance; where the two share one year only, a total of
-- {parameter.least_single_total_of_other_unit} or more tells as much.
-- own_source: The state's own source.
-- own_indicator: What that counts.
create view harmonised.other_unit as
with total as (
    from harmonised.yearly_by_form
    where
        exploitation = '_T'
        and value >= parameter.least_total_of_other_unit()
        and unit_measure = 'NUMBER'
),
pair as (
    select
        total.*,
        own.source as own_source,
        own.indicator as own_indicator,
        total.value = own.value as is_same,
        count(*) filter (is_same) over series as same,
        count(*) over series as years
    from total
    join total as own using (ref_area, time_basis, time_period)
    where not total.is_own and own.is_own_now and total.unit <> own.unit
    window series as (
        partition by total.source, total.release, ref_area, total.indicator, time_basis,
            own.source, own.indicator
    )
)
select
    source, release, ref_area, indicator, time_basis, time_period, own_source, own_indicator
from pair
where
    is_same
    and (same > 1 or years = 1 and value >= parameter.least_single_total_of_other_unit());
