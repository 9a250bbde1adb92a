-- One row per figure and sum that it stands in: a total, or one of its parts by one dimension, of
-- counts of which a part is hidden and a figure was revised. Every release has its rows. Sums of which
-- no figure was revised tell nothing, and are left out.
-- block: Source, state, indicator and period: no sum reaches over two.
-- sum: The sum in its block: the dimension of the parts, and the codes of the others.
-- is_part: Whether the figure is a part of the sum, not its total.
-- cell: Codes of sex, age, form of exploitation, citizenship, other state and breakdown.
-- figure: Number of the row in harmonised.observation.
-- is_now: Whether the figure holds now.
-- is_earlier: Whether it does not, and excludes something that the figure of now does not; a `<5` of
--   before beside a 0, or beside a 1 to 4, excludes nothing.
with counted as (
    select
        observation.*,
        observation.rowid as figure,
        concat_ws(' ', source, ref_area, indicator, freq, time_basis, time_period) as block,
        concat_ws(' ', counterpart_role, breakdown) as kind
    from harmonised.observation
    join codelist.indicator on code::indicator = indicator
    where lower is not null and unit_measure = 'NUMBER'
),
revised as (
    select
        counted.*,
        coalesce(now.release = counted.release, false) as is_now,
        not is_now and not coalesce(
            counted.lower <= now.lower
            and coalesce(counted.upper, 'infinity') >= coalesce(now.upper, 'infinity'), false
        ) as is_earlier,
        is_broad_age(age) as is_broad
    from counted
    left join harmonised.current as now using (source, cell_key)
    where block in (
        select block
        from counted
        group by block
        having bool_or(value is null) and count(distinct release) > 1
    )
),
place as (
    select
        *,
        unnest(list_filter(
            [
                {'by': 'sex', 'whole': '_T', 'code': sex::varchar,
                 'of': concat_ws(' ', age, exploitation, citizenship, counterpart_area, kind),
                 'counts': true},
                {'by': 'age', 'whole': '_T', 'code': age::varchar,
                 'of': concat_ws(' ', sex, exploitation, citizenship, counterpart_area, kind),
                 'counts': is_broad},
                {'by': 'sex and age', 'whole': '_T _T', 'code': sex || ' ' || age,
                 'of': concat_ws(' ', exploitation, citizenship, counterpart_area, kind),
                 'counts': is_broad and (sex = '_T') = (age = '_T')},
                {'by': 'form', 'whole': '_T', 'code': exploitation::varchar,
                 'of': concat_ws(' ', sex, age, citizenship, counterpart_area, kind),
                 'counts': is_broad_form(exploitation)},
                {'by': 'other form', 'whole': 'OTH', 'code': exploitation::varchar,
                 'of': concat_ws(' ', sex, age, citizenship, counterpart_area, kind),
                 'counts': exploitation = 'OTH' or adds_up_to_forms(exploitation, 'OTH')},
                -- All foreigners together repeat the citizenships listed.
                {'by': 'citizenship', 'whole': '_T', 'code': citizenship::varchar,
                 'of': concat_ws(' ', sex, age, exploitation, counterpart_area, kind),
                 'counts': citizenship <> 'FOR'},
                {'by': 'other state', 'whole': '_T', 'code': counterpart_area::varchar,
                 'of': concat_ws(' ', sex, age, exploitation, citizenship, kind),
                 'counts': counterpart_area <> '_Z'}
            ],
            lambda place: place.counts
        )) as place
    from revised
),
addend as (
    select *, place.by || ' of ' || place.of as sum
    from place
)
select
    block,
    sum,
    place.code <> place.whole as is_part,
    concat_ws(' ', sex, age, exploitation, citizenship, counterpart_area, kind) as cell,
    figure,
    release,
    is_now,
    is_earlier,
    lower,
    coalesce(upper, 'infinity'::double) as upper
from addend
semi join (from addend where is_earlier) as changed using (block, sum)
order by all;
