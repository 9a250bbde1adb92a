-- One row per figure of a release before that holds although its source has a newer release: there,
-- the whole table of the state bears a wrong label and is kept out, as in the releases between. Not of
-- a state whose older figures were found to be in the wrong place since, and not where it could reveal
-- a hidden figure: only exact figures, none that is withheld, and only if neither their table nor the
-- newest release hides a figure of the same state, indicator and year.
create table harmonised.older as
with newest as (
    select source, release
    from main.release
    where action = 'REPLACE' and is_current
),
false_table as (
    select distinct source, release, ref_area, indicator, kind, "year"
    from main.finding
    join codelist.remark on remark.code = finding.detector
    where effect = 'KEEP_OUT' and whole_tables
),
stands_in as (
    select
        source, ref_area, indicator, kind, "year",
        newest.release as newer,
        max(before.release) as release
    from false_table
    join newest using (source, release)
    join main.release as before using (source)
    anti join false_table as false_too
        on false_too.source = before.source
        and false_too.release = before.release
        and false_too.ref_area = false_table.ref_area
        and (false_too.indicator, false_too.kind, false_too."year")
        = (false_table.indicator, false_table.kind, false_table."year")
    where before.action = 'REPLACE' and before.release < newest.release
    group by all
),
moved as (
    select distinct source, release, ref_area
    from main.finding
    join codelist.remark on remark.code = finding.detector
    where doubts_before
),
hiding as (
    select distinct source, ref_area, indicator, time_period
    from harmonised.observation
    join newest using (source, release)
    where value is null and lower is not null
),
candidate as (
    select observation.*, stands_in.kind, stands_in."year", stands_in.newer
    from harmonised.observation
    join stands_in
        on stands_in.source = observation.source
        and stands_in.release = observation.release
        and stands_in.ref_area = observation.ref_area::varchar
        and stands_in.indicator = observation.indicator::varchar
        and stands_in."year" = left(time_period, 4)::integer
        and stands_in.kind
        = kind_of(exploitation, citizenship, counterpart_role, breakdown, sex, age)
    anti join moved
        on moved.source = stands_in.source
        and moved.ref_area = stands_in.ref_area
        and moved.release > stands_in.release
        and moved.release <= stands_in.newer
    where value_raw <> 'withheld'
),
hidden_now as (
    select distinct
        source, release as newer, cell_key
    from main.quarantine
    where lower < upper
)
select * exclude (kind, "year", newer)
replace (list_append(flags, 'OLDER_RELEASE') as flags)
from candidate
anti join hiding using (source, ref_area, indicator, time_period)
anti join hidden_now using (source, newer, cell_key)
qualify bool_and(value is not null) over (partition by source, ref_area, indicator, kind, "year");
