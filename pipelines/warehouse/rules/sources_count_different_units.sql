-- severity: WARN
-- kind: size
-- title: Totals of {parameter.least_total_of_sources} or more are not the same in two sources that count different units
-- Persons in one source and incidents, cases or offences in the other: in several years that is no
-- chance. One of the two prints the other's figures under another name. Where the two share one
-- year only, as a source of single figures does, a total of {parameter.least_single_total_of_sources} or more
-- tells as much. Calendar and fiscal years meet under the year that names them.
with total as (
    select
        total.source, total.release, total.ref_area, total.time_basis, total.time_period,
        total.indicator, total.value, list.count_unit
    from harmonised.total as total
    join main.release using (source, release)
    join codelist.indicator as list on list.code::indicator = total.indicator
    where
        total.value >= parameter.least_total_of_sources()
        and release.is_newest
        and list.unit_measure = 'NUMBER'
),
pair as (
    select
        one.*,
        other.source as other_source,
        other.indicator::varchar as other_indicator,
        one.value = other.value as is_same,
        count(*) filter (is_same) over series as same,
        count(*) over series as years
    from total as one
    join total as other using (ref_area, time_period)
    where one.source <> other.source and one.count_unit <> other.count_unit
    window series as (
        partition by one.source, other.source, ref_area, one.time_basis, other.time_basis,
            one.indicator, other.indicator
    )
)
select
    source, release, ref_area, indicator, time_basis, time_period, other_source, other_indicator,
    other_source || ' ' || other_indicator as subject,
    if(
        is_same and (same > 1 or years = 1 and value >= parameter.least_single_total_of_sources()),
        'same number', 'holds'
    ) as verdict,
    number_text(value) as detail
from pair;
