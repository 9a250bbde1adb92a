-- A figure's area, indicator, period and breakdown in one line; what is not divided is left out.
create macro main.cell_text(
    ref_area, indicator, time_period, sex, age, exploitation, citizenship, counterpart_area, breakdown
) as
    concat_ws(
        ' ', ref_area, indicator, time_period, nullif(sex::varchar, '_T'),
        nullif(age::varchar, '_T'), nullif(exploitation::varchar, '_T'),
        nullif(citizenship::varchar, '_T'), nullif(counterpart_area::varchar, '_Z'),
        nullif(breakdown::varchar, '_T')
    );
