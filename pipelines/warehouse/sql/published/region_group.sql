-- One row per way of dividing and group: who the detected victims of several states are, taken together.
-- Of each way it is the newest year in which at least {parameter.states_of_region_group} states tell the groups of
-- most of their victims; these states alone are put together, doubtful figures left out. It is not
-- the region: other states have victims of whom nothing is told.
-- facet: person (sex and age) or form of exploitation.
-- states: Number of states.
-- areas: Which.
-- sources: Their sources.
-- lower: Sum of the group, the least that it may be.
-- upper: The most that it may be; a suppressed figure counts as the interval that it is.
-- known: Sum of all groups, each the least that it may be.
-- share: The group as a share of these, in whole percent.
-- made_after: rules and statistics
-- key: indicator, facet, sex, age, exploitation
-- terms: sources
-- extract: csv
-- disclosure: aggregate
create table published.region_group as
with told as (
    from judged.told
    semi join judged.pooled using (source, ref_area, indicator, time_basis)
    where split in ('SEX_AGE', 'FORM') and is_told
),
newest as (
    select
        indicator, split, facet, year,
        count(*) as states,
        list_sort(list(ref_area)) as areas,
        list_sort(list(distinct source)) as sources
    from told
    group by indicator, split, facet, year
    having states >= parameter.states_of_region_group()
    qualify row_number() over (partition by indicator, split order by year desc) = 1
),
summed as (
    select
        newest.*, part.sex, part.age, part.exploitation,
        sum(part.lower) as lower,
        sum(part.upper) as upper
    from newest
    join told using (indicator, split, facet, year)
    join judged.victim_part as part using (source, ref_area, indicator, time_basis, split, year)
    -- Persons of another sex, or whose sex is not told, are few and in few states.
    where not starts_with(part.sex, '_O') and not part.is_doubtful
    group by all
)
select
    indicator, facet, year, states, areas, sources, sex, age, exploitation, lower, upper,
    sum(lower) over (partition by indicator, facet) as known,
    round(100 * lower / known)::integer as share
from summed
order by indicator, facet desc, lower desc;
