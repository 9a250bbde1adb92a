-- One row per cell of a source: the figure that holds now, its codes as text.
-- year: Year of the period, as a number.
create view harmonised.current_text as
select
    current.* replace (
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
    ),
    year_of(time_period) as year
from harmonised.current;
