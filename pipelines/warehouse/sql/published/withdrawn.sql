-- One row per headline figure that the newest release no longer has and the release before it had.
-- release: Newest release of the source, which has no such figure.
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
where
    release.is_newest
    and change = 'withdrawn'
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown);
