-- One row per source, area, indicator, kind of year and year: the total that holds now, before it is
-- judged; see published.headline.
-- year: Year of the period, as a number.
-- break_reason: Why the series breaks here, code of codelist.break_reason; empty if it does not. A
--   break whose own year has no row stands at the first row since.
-- break_year: Year of that break, as main.series_break has it.
-- previous_release: The release before, if it had another figure.
-- previous_value: The figure it had.
-- previous_value_raw: The text it had.
create table judged.current_total as
with changed as (
    select *
    from published.revision
    where
        change = 'changed'
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
),
total as (
    select
        *,
        lag(time_period) over (
            partition by source, ref_area, indicator, time_basis order by time_period
        ) as period_before
    from harmonised.current_text
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and indicator not in (select code from codelist.indicator where unit_measure = 'BOOL')
)
select
    total.source,
    total.release,
    total.ref_area,
    total.indicator,
    total.time_basis,
    total.time_period,
    total.year,
    total.value,
    total.lower,
    total.upper,
    total.obs_status,
    total.conf_status,
    total.def_scope,
    total.value_raw,
    total.locator,
    total.flags,
    total.correction,
    total.comment,
    series_break.reason as break_reason,
    year_of(series_break.time_period) as break_year,
    changed.previous_release,
    changed.previous_value,
    changed.previous_value_raw
from total
left join changed using (source, release, cell_key)
left join codelist.subdivision on subdivision.code = total.ref_area
left join main.series_break
    on series_break.source = total.source
    and series_break.ref_area = coalesce(subdivision.country, total.ref_area)
    and series_break.indicator = total.indicator
    and (
        series_break.time_period = total.time_period
        or (
            series_break.time_period > total.period_before
            and series_break.time_period < total.time_period
        )
    );
