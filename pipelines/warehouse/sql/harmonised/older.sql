-- One row per figure of the release before that holds although its source has a newer release: there,
-- the whole table bears a wrong label and is kept out. Not of a state whose older figures were found
-- to be in the wrong place, and not where it could reveal a hidden figure: none that is withheld; an
-- exact one only if neither its table nor the newer release hides a figure of the same state,
-- indicator and year; a hidden one only if both releases print it hidden, and no exact one of the
-- three is here.
create table harmonised.older as
with newest as (
    select
        source, release, is_current,
        lag(release) over (partition by source order by release) as release_before
    from main.release
    where action = 'REPLACE'
    qualify is_current
),
false_table as (
    select distinct source, release_before as release, release as newer, "table"
    from main.finding
    join newest using (source, release)
    join codelist.detector on detector.code = finding.detector
    where effect = 'KEEP_OUT' and whole_tables
),
moved as (
    select distinct source, ref_area
    from main.finding
    join newest using (source, release)
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
    select observation.*, false_table."table", false_table.newer
    from harmonised.observation
    join false_table
        on false_table.source = observation.source
        and false_table.release = observation.release
        and false_table."table" = table_name(
            observation.indicator, exploitation, citizenship, counterpart_role, breakdown, sex, age,
            time_period
        )
    anti join moved
        on moved.source = observation.source
        and moved.ref_area = observation.ref_area::varchar
    where value_raw <> 'withheld'
),
printed as (
    select
        source, release as newer, ref_area, indicator, freq, time_basis, time_period, sex, age,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown,
        bool_or(starts_with(found, '<')) as is_hidden_now
    from main.quarantine
    where "column" = 'value_raw'
    group by all
),
cell as (
    select
        candidate.*,
        coalesce(printed.is_hidden_now, false) as is_hidden_now,
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
    * exclude ("table", newer, is_hidden_now, is_hidden, may_reveal, has_exact)
    replace (concat_ws('; ', comment, 'OLDER_RELEASE') as comment)
from shown
where
    case
        when is_hidden then is_hidden_now and not has_exact
        else not is_hidden_now and not may_reveal
    end;
