-- One row per figure of each release, if it may be passed on, in codes.
select
    * replace (
        ref_area::varchar as ref_area,
        indicator::varchar as indicator,
        freq::varchar as freq,
        time_basis::varchar as time_basis,
        sex::varchar as sex,
        age::varchar as age,
        exploitation::varchar as exploitation,
        citizenship::varchar as citizenship,
        counterpart_role::varchar as counterpart_role,
        counterpart_area::varchar as counterpart_area,
        breakdown::varchar as breakdown,
        conf_status::varchar as conf_status,
        def_scope::varchar as def_scope
    )
from harmonised.observation
semi join (from main.source where redistribute) as free using (source)
order by
    source, release, ref_area, indicator, freq, time_basis, sex, age, exploitation, citizenship,
    counterpart_role, counterpart_area, breakdown, time_period;
