-- One row per figure of a release before that holds although its source has a newer release: there,
-- the whole table of the state bears a wrong label and is kept out, as in the releases between. Not of
-- a state whose older figures were found to be in the wrong place since, and not where it could reveal
-- a hidden figure: none that is withheld; an exact one only if neither its table nor the newest release
-- hides a figure of the same state, indicator and year; a hidden one only if both releases print it
-- hidden, and no exact one of the three is here.
create table harmonised.older as
with newest as (
    select source, release
    from main.release
    where action = 'REPLACE' and is_current
),
false_table as (
    select distinct source, release, ref_area, "table"
    from main.finding
    join codelist.detector on detector.code = finding.detector
    where effect = 'KEEP_OUT' and whole_tables
),
stands_in as (
    select
        source, ref_area, "table",
        newest.release as newer,
        max(before.release) as release
    from false_table
    join newest using (source, release)
    join main.release as before using (source)
    anti join false_table as false_too
        on false_too.source = before.source
        and false_too.release = before.release
        and false_too.ref_area = false_table.ref_area
        and false_too."table" = false_table."table"
    where before.action = 'REPLACE' and before.release < newest.release
    group by all
),
moved as (
    select distinct source, release, ref_area
    from main.finding
    join codelist.detector on detector.code = finding.detector
    where doubts_before
),
hiding as (
    select distinct source, ref_area, indicator, time_period
    from harmonised.observation
    join newest using (source, release)
    where value is null and lower is not null
),
candidate as (
    select observation.*, stands_in."table", stands_in.newer
    from harmonised.observation
    join stands_in
        on stands_in.source = observation.source
        and stands_in.release = observation.release
        and stands_in.ref_area = observation.ref_area::varchar
        and stands_in."table" = table_name(
            observation.indicator, exploitation, citizenship, counterpart_role, breakdown, sex, age,
            time_period
        )
    anti join moved
        on moved.source = stands_in.source
        and moved.ref_area = stands_in.ref_area
        and moved.release > stands_in.release
        and moved.release <= stands_in.newer
    where value_raw <> 'withheld'
),
printed as (
    select
        source, release as newer, ref_area, indicator, freq, time_basis, time_period, sex, age,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        bool_or(starts_with(found, '<')) as is_hidden_now,
        bool_or(starts_with(found, '<') or found = '0') as is_small_now
    from main.quarantine
    where "column" = 'value_raw'
    group by all
),
cell as (
    select
        candidate.*,
        coalesce(printed.is_hidden_now, false) as is_hidden_now,
        coalesce(printed.is_small_now, false) as is_small_now,
        value is null as is_hidden,
        hiding.source is not null
        or bool_or(value is null) over (partition by source, ref_area, "table") as may_reveal
    from candidate
    left join hiding using (source, ref_area, indicator, time_period)
    left join printed using (
        source, newer, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, counterpart_area, breakdown
    )
),
shown as (
    select
        *,
        bool_or(not may_reveal) over (
            partition by source, ref_area, indicator, time_period
        ) as has_exact
    from cell
)
select
    * exclude ("table", newer, is_hidden_now, is_small_now, is_hidden, may_reveal, has_exact)
    replace (concat_ws('; ', comment, 'OLDER_RELEASE') as comment)
from shown
where
    case
        when is_hidden then is_small_now and not has_exact
        else not is_hidden_now and not may_reveal
    end;
