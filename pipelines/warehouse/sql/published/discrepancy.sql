-- One row per headline figure and pair of sources that both have it: the same indicator, area and
-- year. Both are shown, neither is right by rule, and they are never averaged.
-- source: One source.
-- other_source: The other.
-- year: Year of the period, as a number.
-- release: Release of the one figure.
-- other_release: Release of the other.
-- value: The one figure; empty if it is suppressed or missing.
-- other_value: The other figure.
-- value_raw: The one as printed.
-- other_value_raw: The other as printed.
-- ratio: The other figure as a multiple of the one; empty if one of them is not exact, or 0.
-- agrees: Whether both may be the same number, also where one is an interval.
-- coll_method: How the source of the one collected its figures (codelist.coll_method).
-- other_coll_method: How that of the other did.
-- def_scope: Legal scope of trafficking in the one figure (codelist.def_scope), which may be another
--   than its source has as a rule.
-- other_def_scope: The same of the other.
-- time_basis: What a year means in the one figure (codelist.time_basis).
-- other_time_basis: The same of the other.
-- is_reprint: Whether one source prints the figures of the other again, so that they confirm nothing.
-- differs_in: What may explain it: collection, legal scope, kind of year, day of the release, if
--   both are known. The counting unit is the same, since the indicator is.
-- key: source, other_source, ref_area, indicator, time_basis, other_time_basis, time_period
-- terms: source, other_source
-- extract: none
-- disclosure: repeats; repeats other_source as source, other_release as release,
--   other_value as value; derived
create view published.discrepancy as
with figure as (
    select
        current.*,
        source.coll_method,
        source.release_day,
        source.reprints
    from harmonised.current_text as current
    join main.source using (source)
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and current.time_basis not in ('CUM', 'OTHER', 'UNK')
)
select
    one.source,
    other.source as other_source,
    one.ref_area,
    one.indicator,
    one.time_period,
    one.year,
    one.release,
    other.release as other_release,
    one.value,
    other.value as other_value,
    one.value_raw,
    other.value_raw as other_value_raw,
    other.value / nullif(one.value, 0) as ratio,
    case when one.lower is not null and other.lower is not null then
        one.lower <= coalesce(other.upper, 'infinity'::double)
        and other.lower <= coalesce(one.upper, 'infinity'::double)
    end as agrees,
    one.coll_method,
    other.coll_method as other_coll_method,
    one.def_scope,
    other.def_scope as other_def_scope,
    one.time_basis,
    other.time_basis as other_time_basis,
    one.reprints = other.source or other.reprints = one.source as is_reprint,
    list_filter(
        [
            case when one.coll_method <> other.coll_method then 'collection' end,
            case when one.def_scope <> other.def_scope then 'legal scope' end,
            case when one.time_basis <> other.time_basis then 'kind of year' end,
            case
                when one.release <> other.release
                    and 'RETRIEVED' not in (one.release_day, other.release_day)
                    then 'day of the release'
            end
        ],
        lambda why: why is not null
    ) as differs_in
from figure as one
join figure as other
    on other.ref_area = one.ref_area
    and other.indicator = one.indicator
    and other.time_period = one.time_period
    and other.source > one.source;
