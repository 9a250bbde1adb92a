-- One row per state, way of dividing and group: who the detected victims are, from the source of the
-- newest figure. Each way is of the year that published.sentence names, else of the newest year of
-- which enough victims are told, else of the newest year with any group.
-- facet: person (sex and age), form of exploitation or citizenship.
-- split: SEX_AGE, SEX, AGE, FORM or CITIZENSHIP.
-- told: Share of the year's total that named groups make up, suppressed ones at their least.
-- shown: DRAWN: enough is told; UNTOLD: of less than {parameter.told_share}; EXCEEDS: the groups add up to
--   more than the total. Only the first is a picture of the victims.
-- total_value: The year's total.
-- total_lower: Least that it may be.
-- total_upper: Greatest that it may be.
-- place: Order of the groups, the largest first; those of unknown size by their least.
-- made_after: rules and statistics
-- key: ref_area, facet, sex, age, exploitation, citizenship
-- terms: source
-- extract: none
-- disclosure: repeats
create table published.victim_group as
with chosen as (
    from judged.told
    qualify
        row_number() over (
            partition by ref_area, facet
            order by
                is_named desc, is_told desc, year desc,
                list_position(['SEX_AGE', 'SEX', 'AGE'], split)
        ) = 1
)
select
    chosen.ref_area, chosen.indicator, facet, split, chosen.source, part.release,
    chosen.time_basis, part.time_period, chosen.year, part.sex, part.age, part.exploitation,
    part.citizenship, part.value, part.lower, part.upper, part.obs_status, part.conf_status,
    case when told > 1 then 'EXCEEDS' when is_told then 'DRAWN' else 'UNTOLD' end as shown,
    told, total.value as total_value, total.lower as total_lower, total.upper as total_upper,
    row_number() over (
        partition by chosen.ref_area, facet
        order by part.value desc nulls last, part.lower desc, part.locator
    ) as place,
    part.locator
from chosen
join judged.victim_part as part using (source, ref_area, indicator, time_basis, year, split)
where not part.is_doubtful
order by chosen.ref_area, facet, place;
