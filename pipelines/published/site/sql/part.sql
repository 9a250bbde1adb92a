-- One row per source, state, indicator, kind of year, year and part of the persons counted: a sex,
-- an age, both, a form of exploitation, a citizenship; a total is a part of the split `total`.
-- Rates have no rows: a part of a rate is no part of a count.
-- Withheld figures have a row per check that they failed; withdrawn figures have a row each.
-- split: Dimension of the parts.
-- part: Code of the part; codes of sex and age are joined by a dot.
-- is_repeated: Whether only others repeat it.
-- is_year_inferred: Whether the source names no year.
-- doubt: Reason why the figure is doubtful, a code of codelist.remark.
with printed as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, breakdown, observation.value, observation.lower, observation.upper, obs_status,
        conf_status, list_contains(flags, 'YEAR_INFERRED') as is_year_inferred, doubt, provenance = 'REPEATED' as is_repeated,
        series_break.reason as break_reason, previous_release, previous_value, previous_value_raw
    from published.observation
    left join (select * exclude (year) from published.revision where change = 'changed') as revision
        using (source, release, cell_key)
    left join main.series_break using (source, ref_area, indicator, time_period)
    left join (
        select
            source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
            arg_min(remark, rank) as doubt
        from published.remark
        where severity = 'doubt'
        group by all
    ) as doubtful
        using (source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship)
),
withheld as (
    select distinct
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, breakdown, rule_id as rule
    from main.quarantine
    join main.release using (source, release)
    anti join published.observation using (source, cell_key)
    where is_current
),
withdrawn as (
    select
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, breakdown, previous_release, previous_value,
        previous_value_raw
    from published.revision
    join main.release using (source, release)
    anti join published.observation using (source, cell_key)
    where is_current and change = 'withdrawn'
),
cell as (
    select
        *,
        concat_ws(
            '_',
            if(sex <> '_T', 'sex', null),
            if(age <> '_T', 'age', null),
            if(exploitation <> '_T', 'form', null),
            if(citizenship <> '_T', 'citizenship', null)
        ) as dimensions
    from (from printed union all by name from withheld union all by name from withdrawn)
    where
        freq = 'A'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and indicator in (select code from codelist.indicator where unit_measure = 'NUMBER')
        and ref_area in (select code from codelist.area)
),
split as (
    select
        *,
        if(dimensions = '', 'total', dimensions) as split,
        list_position(['', 'sex_age', 'sex', 'age', 'form', 'citizenship'], dimensions) as place
    from cell
)
select
    source,
    release,
    ref_area::varchar as ref_area,
    indicator::varchar as indicator,
    count_unit,
    time_basis::varchar as time_basis,
    freq::varchar as freq,
    time_period,
    left(time_period, 4)::integer as year,
    sex::varchar as sex,
    age::varchar as age,
    exploitation::varchar as exploitation,
    citizenship::varchar as citizenship,
    split,
    case split
        when 'form' then exploitation::varchar
        when 'citizenship' then citizenship::varchar
        else sex || '.' || age
    end as part,
    value,
    lower,
    upper,
    obs_status,
    conf_status::varchar as conf_status,
    is_repeated,
    is_year_inferred,
    doubt,
    break_reason,
    previous_release,
    previous_value,
    previous_value_raw,
    rule
from split
join (select code as indicator, count_unit from codelist.indicator) as counted using (indicator)
where place is not null
order by
    source,
    ref_area,
    indicator,
    time_basis,
    place,
    '_U' in (sex, age, exploitation, citizenship),
    sex not in ('F', 'M', '_T'),
    if(split = 'age', age::age, null),
    age::age desc,
    sex::sex,
    exploitation::exploitation,
    citizenship,
    year,
    rule;
