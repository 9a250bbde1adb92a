-- One row per cell and dimension that divides it: the figure of the whole and the sum of its parts,
-- as intervals. The cell has the code of the whole in that dimension: `_T`, a broad age, a state.
-- dimension: What divides the cell: sex, age, sex_by_age (both at once), age_band (narrow ages within
--   children and adults), exploitation, citizenship, or ref_area (subdivisions of a state).
-- parts: How many parts there are, of those that a complete table has.
-- total_lower: Least possible figure of the whole; empty if it is not printed.
-- total_upper: Greatest possible figure of the whole.
-- parts_lower: Least possible sum of the parts.
-- parts_upper: Greatest possible sum of the parts.
-- largest_lower: Least possible figure of the largest part.
-- unknown_lower: Least number of persons of whom neither sex nor age is known; 0 if none are printed.
-- unknown_upper: Greatest number of such persons.
create view harmonised.margin as
with of_sex as (
    select * replace ('_T'::sex as sex), sex as code, 'sex' as dimension
    from harmonised.interval
    where sex <> '_U' or age <> '_U'
),
of_age as (
    select * replace ('_T'::age as age), age as code, 'age' as dimension
    from harmonised.interval
    where is_broad_age(age) and (sex <> '_U' or age <> '_U')
),
of_sex_by_age as (
    select
        * replace ('_T'::sex as sex, '_T'::age as age),
        case when sex = '_T' then '_T' else sex || ' ' || age end as code,
        'sex_by_age' as dimension
    from harmonised.interval
    where
        is_broad_age(age)
        and (sex = '_T') = (age = '_T')
        and (sex <> '_U' or age <> '_U')
),
of_exploitation as (
    select
        * replace ('_T'::exploitation as exploitation),
        exploitation as code,
        'exploitation' as dimension
    from harmonised.interval
    where is_broad_form(exploitation)
),
of_citizenship as (
    select
        * replace ('_T'::citizenship_area as citizenship),
        citizenship as code,
        'citizenship' as dimension
    from harmonised.interval
),
of_age_band as (
    select
        interval.* replace (
            case
                when list.level <> '2' then age
                when list.max_age <> '' and list.max_age::integer < 18 then 'Y0T17'::age
                else 'Y_GE18'::age
            end as age
        ),
        case when list.level = '2' then age else '_T' end as code,
        'age_band' as dimension
    from harmonised.interval
    join codelist.age as list on list.code = interval.age
    where age not in ('_T', '_U', '_Z')
),
of_state as (
    select
        interval.* replace (
            coalesce(subdivision.country, ref_area::varchar)::area_subdivision as ref_area
        ),
        case when subdivision.country is null then '_T' else subdivision.code end as code,
        'ref_area' as dimension
    from harmonised.interval
    semi join (
        from harmonised.interval
        semi join codelist.subdivision on subdivision.code = interval.ref_area
    ) as divided using (source, indicator)
    left join codelist.subdivision on subdivision.code = interval.ref_area
    -- A province whose region is printed is in that region.
    anti join harmonised.interval as region
        on region.source = interval.source
        and region.indicator = interval.indicator
        and region.ref_area::varchar = subdivision.parent
),
unknown as (
    select
        * replace ('_T'::sex as sex, '_T'::age as age),
        'unknown' as code,
        unnest(['sex', 'age', 'sex_by_age']) as dimension
    from harmonised.interval
    where sex = '_U' and age = '_U'
),
cell as (
    from of_sex
    union all by name
    from of_age
    union all by name
    from of_sex_by_age
    union all by name
    from of_exploitation
    union all by name
    from of_citizenship
    union all by name
    from of_age_band
    union all by name
    from of_state
    union all by name
    from unknown
),
placed as (
    select
        * exclude (code),
        code = '_T' as is_whole,
        code = 'unknown' as is_unknown,
        -- All foreigners together repeat the citizenships listed.
        not is_whole and not is_unknown and code <> 'FOR' as is_added,
        case dimension
            when 'sex' then code in ('F', 'M')
            when 'age' then code in ('Y0T17', 'Y_GE18')
            when 'sex_by_age' then code in ('F Y0T17', 'F Y_GE18', 'M Y0T17', 'M Y_GE18')
            when 'exploitation' then adds_up_to_forms(code, '_T') and code <> '_U'
            else not is_whole
        end as is_counted
    from cell
)
select
    * exclude (lower, upper, is_whole, is_unknown, is_added, is_counted),
    count(*) filter (is_counted) as parts,
    max(lower) filter (is_whole) as total_lower,
    max(upper) filter (is_whole) as total_upper,
    sum(lower) filter (is_added) as parts_lower,
    sum(upper) filter (is_added) as parts_upper,
    max(lower) filter (is_added) as largest_lower,
    coalesce(max(lower) filter (is_unknown), 0) as unknown_lower,
    coalesce(max(upper) filter (is_unknown), 0) as unknown_upper
from placed
group by all;
