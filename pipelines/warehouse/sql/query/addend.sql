-- One row per figure and sum that it stands in: a total, or one of its parts by one dimension, of
-- counts of which a part is hidden and a figure was revised. Every release has its rows.
-- block: Source, state, indicator and period: no sum reaches over two.
-- sum: The sum in its block: the dimension of the parts, and the codes of the others.
-- is_whole: Whether the figure is the total.
-- cell: Codes of sex, age, form of exploitation and citizenship.
-- figure: Number of the row in harmonised.observation.
-- is_now: Whether the figure holds now.
with counted as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, counterpart_area, breakdown, lower,
        coalesce(upper, 'infinity'::double) as upper,
        rowid as figure,
        value is null as is_hidden,
        concat_ws(' ', source, ref_area, indicator, freq, time_basis, time_period) as block,
        concat_ws(' ', sex, age, exploitation, citizenship) as cell
    from harmonised.observation
    where
        lower is not null
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and indicator in (
            select code::indicator from codelist.indicator where unit_measure = 'NUMBER'
        )
),
revised as (
    select counted.*, coalesce(is_now, false) as is_now
    from counted
    left join (select *, true as is_now from harmonised.current) as held using (
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, counterpart_area, breakdown
    )
    where block in (
        select block
        from counted
        group by block
        having bool_or(is_hidden) and count(distinct release) > 1
    )
),
stands_in as (
    select
        block, cell, figure, release, is_now, lower, upper,
        unnest(list_filter(
            [
                {'by': 'sex', 'of': concat_ws(' ', age, exploitation, citizenship),
                 'whole': '_T', 'code': sex::varchar, 'counts': true},
                {'by': 'age', 'of': concat_ws(' ', sex, exploitation, citizenship),
                 'whole': '_T', 'code': age::varchar, 'counts': is_broad},
                {'by': 'sex and age', 'of': concat_ws(' ', exploitation, citizenship),
                 'whole': '_T _T', 'code': sex || ' ' || age,
                 'counts': is_broad and (sex = '_T') = (age = '_T')},
                {'by': 'form', 'of': concat_ws(' ', sex, age, citizenship),
                 'whole': '_T', 'code': exploitation::varchar,
                 'counts': exploitation in ('_T', 'SX', 'FL', 'OTH', '_U')},
                {'by': 'other form', 'of': concat_ws(' ', sex, age, citizenship),
                 'whole': 'OTH', 'code': exploitation::varchar,
                 'counts': exploitation in ('OTH', 'OG', 'OP')},
                -- All foreigners together repeat the citizenships listed.
                {'by': 'citizenship', 'of': concat_ws(' ', sex, age, exploitation),
                 'whole': '_T', 'code': citizenship::varchar, 'counts': citizenship <> 'FOR'}
            ],
            lambda place: place.counts
        )) as place
    from (
        select *, age in ('_T', 'Y0T17', 'Y_GE18', '_U') as is_broad
        from revised
    )
)
select
    block, place.by || ' of ' || place.of as sum, place.code = place.whole as is_whole, cell, figure,
    release, is_now, lower, upper
from stands_in
order by all;
