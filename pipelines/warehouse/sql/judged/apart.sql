-- One row per yearly total of which another source has another figure, apart by
-- {parameter.least_distance_of_other_figure} % or more, and by one at least, of the same indicator and year;
-- the figure that is farthest from it, the state's own last, since it stands beside it anyway. Neither prints the other's again, and neither is only
-- repeated by others.
-- other_time_basis: Kind of year of the other figure.
-- other_year: Its year.
-- other_value: The other figure; empty if suppressed.
-- other_lower: Its least possible figure.
-- other_upper: Its greatest possible figure.
-- has_other_scope: Whether the two are known to count by other legal definitions.
-- ratio: The greater of the two as a multiple of the other, or of one where that is 0.
-- made_after: rules and statistics
create view judged.apart as
with figure as (
    from judged.figure
    where may_stand and provenance <> 'REPEATED' and reprints = '' and value is not null
)
select
    one.source, one.ref_area, one.indicator, one.time_basis, one.year,
    other.source as other_source, other.indicator as other_indicator, other.value as other_value,
    other.lower as other_lower, other.upper as other_upper, other.year as other_year,
    other.time_basis as other_time_basis,
    one.def_scope <> other.def_scope
    and 'UNKNOWN' not in (one.def_scope, other.def_scope) as has_other_scope,
    greatest(other.value, one.value) / greatest(least(other.value, one.value), 1) as ratio
from figure as one
join figure as other using (ref_area, indicator, year)
where
    one.source <> other.source
    and not other.is_sum
    and abs(other.value - one.value)
    >= greatest(parameter.least_distance_of_other_figure() * one.value, 1)
qualify
    row_number() over (
        partition by one.source, one.ref_area, one.indicator, one.time_basis, one.year
        order by
            is_own_authority(other.source, ref_area), abs(other.value - one.value) desc, other.source
    ) = 1;
