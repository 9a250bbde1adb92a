-- One row per state, way of dividing, source and group: who the detected victims are, from the source
-- of the newest figure and, where that is another one, from the source of the long series. Each way is
-- of the newest year of its source in which a group may be named, else of the newest year of which
-- enough victims are told, else of the newest year with any group.
-- facet: person (sex and age), person_other (of a source that does not cross the two, the one that
--   person leaves out), form of exploitation or citizenship.
-- split: SEX_AGE, SEX, AGE, FORM or CITIZENSHIP.
-- told: Share of the year's total that named groups make up, suppressed ones at their least.
-- shown: DRAWN: enough is told; UNTOLD: of less than {parameter.told_share}; EXCEEDS: the groups add up to
--   more than the total. Only the first is a picture of the victims.
-- shown_at: FIRST: to be shown first, the newest picture if there is any; BESIDE: a picture of the other
--   source, shown below the first since that lacks a group of it, or has neither a number of it nor a
--   range of at most {parameter.widest_range} persons or {parameter.widest_share} % of it; BELOW: the first has all
--   of its groups.
-- total_value: The year's total.
-- total_lower: Least that it may be.
-- total_upper: Greatest that it may be.
-- place: Order of the groups, the largest first; those of unknown size by their least.
-- made_after: rules and statistics
-- key: ref_area, facet, source, sex, age, exploitation, citizenship
-- terms: source
-- extract: none
-- disclosure: repeats
create table published.victim_group as
with chosen as (
    from judged.told
    qualify
        row_number() over (
            partition by ref_area, facet, source
            order by
                is_named desc, is_told desc, year desc,
                list_position(['SEX_AGE', 'SEX', 'AGE'], split)
        ) = 1
),
ranked as (
    select
        *,
        row_number() over (
            partition by ref_area, facet order by is_told desc, year desc, is_of_newest desc, source
        ) = 1 as is_first
    from chosen
),
uncrossed as (
    select told.* replace ('person_other' as facet), is_first
    from judged.told
    join ranked using (ref_area, source)
    where
        ranked.facet = 'person'
        and (ranked.split, told.split) in (('SEX', 'AGE'), ('AGE', 'SEX'))
        and told.is_told
    qualify row_number() over (partition by told.ref_area, told.source order by told.year desc) = 1
),
part as (
    select
        told.* exclude (largest), part.release, part.time_period, part.sex, part.age,
        part.exploitation, part.citizenship, part.value, part.lower, part.upper, part.obs_status,
        part.conf_status, part.locator, part.code,
        part.upper - part.lower
        <= greatest(parameter.widest_range(), parameter.widest_share() * part.lower) as is_told_well
    from (from ranked union all by name from uncrossed) as told
    join judged.victim_part as part using (source, ref_area, indicator, time_basis, year, split)
    where not part.is_doubtful
),
lacking as (
    -- Pictures with a group that the first one does not tell as well. Where that crosses sex and age,
    -- it tells each of the two.
    select distinct other.ref_area, other.facet, other.source
    from part as other
    left join part as first
        on first.is_first
        and first.is_told_well
        and first.ref_area = other.ref_area
        and first.code = other.code
    where
        not other.is_first
        and other.is_told
        and other.is_told_well
        and other.lower >= parameter.least_total_of_group_before()
        and first.code is null
        and not (
            other.facet = 'person_other'
            and other.ref_area in (select ref_area from part where is_first and split = 'SEX_AGE')
        )
)
select
    ref_area, indicator, facet, split, source, release, time_basis, time_period, year, sex, age,
    exploitation, citizenship, value, lower, upper, obs_status, conf_status,
    case when told > 1 then 'EXCEEDS' when is_told then 'DRAWN' else 'UNTOLD' end as shown,
    case when is_first then 'FIRST' when lacking.source is not null then 'BESIDE' else 'BELOW' end
        as shown_at,
    told, total.value as total_value, total.lower as total_lower, total.upper as total_upper,
    row_number() over (
        partition by ref_area, facet, source
        order by value desc nulls last, lower desc, locator
    ) as place,
    locator
from part
left join lacking using (ref_area, facet, source)
order by ref_area, facet, is_first desc, place;
