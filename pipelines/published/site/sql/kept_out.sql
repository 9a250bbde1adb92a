-- One row per state, indicator, source, breakdown and check: rows of the newest release that the
-- check keeps out.
-- indicator: Empty where the source's label of it cannot be read.
-- dimensions: Breakdown of the table: total, or the names of its dimensions joined by _.
-- rule: Id of the check.
-- rows: Number of rows kept out.
-- years: Years of these rows, in order; those whose year is not known are left out.
-- whole: Years of which no row of that table is left.
with cell as (
    select
        ref_area::varchar as ref_area,
        coalesce(indicator::varchar, '') as indicator,
        source,
        if(
            counterpart_role = '_Z',
            coalesce(
                nullif(
                    concat_ws(
                        '_',
                        if(sex <> '_T', 'sex', null),
                        if(age <> '_T', 'age', null),
                        if(exploitation <> '_T', 'form', null),
                        if(citizenship is null or citizenship <> '_T', 'citizenship', null)
                    ),
                    ''
                ),
                'total'
            ),
            'counterpart'
        ) as dimensions,
        left(time_period, 4)::integer as year,
        *
    exclude (ref_area, indicator, source)
    from (
        select source, release, ref_area, indicator, time_period, sex, age, exploitation, citizenship,
            counterpart_role, locator, rule_id
        from main.quarantine
        join main.release using (source, release)
        where is_current
        union all by name
        select source, ref_area, indicator, time_period, sex, age, exploitation, citizenship,
            counterpart_role
        from published.observation
        where lower is not null
    )
    where ref_area in (select code from codelist.area)
),
judged as (
    select
        *,
        bool_and(rule_id is not null)
            over (partition by ref_area, indicator, source, dimensions, year) as is_whole
    from cell
)
select
    ref_area,
    indicator,
    source,
    dimensions,
    rule_id as rule,
    count(distinct locator) as rows,
    coalesce(list(distinct year order by year) filter (year is not null), []) as years,
    coalesce(list(distinct year order by year) filter (year is not null and is_whole), []) as whole
from judged
where rule_id is not null
group by all
order by all;
