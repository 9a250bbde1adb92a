-- One row per headline figure that the newest release no longer has and the release before it had: the
-- newest that replaced all before it. One that only updates some figures withdraws none.
-- release: Newest release of the source that replaced all, which has no such figure.
-- previous_release: The release that had it.
-- previous_value: The figure it had.
-- previous_value_raw: The text it had.
create view published.withdrawn as
select
    source,
    release,
    ref_area,
    indicator,
    time_period,
    year,
    previous_release,
    previous_value,
    previous_value_raw
from published.revision
join main.release using (source, release)
anti join harmonised.current_text as updated using (
    source, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown
)
where
    release.is_current
    and change = 'withdrawn'
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown);
