-- One row per source, state, indicator and year: persons whose sex and age are reported in printed
-- tables. A table has a total and its parts by one of the two, or, without a total, parts by both.
-- It counts if none of the parts is suppressed, missing or in quarantine, so that nobody can work out
-- a hidden figure. The tables of a state and of its subdivisions both count: the figures are for
-- shares, not for totals.
-- country: State, ISO 3166-1 alpha-3.
-- year: Year.
-- persons_by_sex: Persons in tables by sex; empty if no table counts.
-- sex_unknown: Those of them whose sex is not reported.
-- persons_by_age: Persons in tables by age.
-- age_unknown: Those of them whose age is not reported.
create view harmonised.sex_age_known as
with printed as (
    select
        source, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, breakdown, value
    from harmonised.current
    union all
    select
        source, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        citizenship, counterpart_role, breakdown, null as value
    from main.quarantine
    join main.release using (source, release)
    where release.is_current and ref_area is not null
),
cell as (
    select
        printed.*,
        sex in ('F', 'M', '_O') as has_sex,
        printed.age in ('Y0T17', 'Y_GE18') as is_broad,
        band.level = '2' as is_narrow
    from printed
    join codelist.indicator as unit on unit.code = printed.indicator
    join codelist.age as band on band.code = printed.age
    where
        unit.unit_measure = 'NUMBER'
        and exploitation = '_T'
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
),
place as (
    select
        source, ref_area, indicator, left(time_period, 4) as year,
        bool_or(sex = '_T' and age = '_T') as has_total,
        case
            when has_total then sum(value) filter (sex = '_T' and age = '_T')
            else sum(value) filter (sex <> '_T' and age <> '_T')
        end as persons,
        case
            when has_total then sum(value) filter (has_sex and age = '_T')
            else sum(value) filter (has_sex and age <> '_T')
        end as sex_known,
        case
            when has_total then coalesce(
                sum(value) filter (is_broad and sex = '_T'),
                sum(value) filter (is_narrow and sex = '_T')
            )
            else coalesce(
                sum(value) filter (is_broad and sex <> '_T'),
                sum(value) filter (is_narrow and sex <> '_T')
            )
        end as age_known,
        bool_or(value is null) as hides_any,
        bool_or(value is null and (sex = '_U' or age = '_T')) as hides_sex,
        bool_or(value is null and (age = '_U' or sex = '_T')) as hides_age
    from cell
    group by source, ref_area, indicator, freq, time_basis, time_period
),
printed_table as (
    select
        *,
        sex_known is not null
        and not case when has_total then hides_sex else hides_any end as has_known_sex,
        age_known is not null
        and not case when has_total then hides_age else hides_any end as has_known_age
    from place
    where persons > 0
)
select
    source,
    coalesce(subdivision.country, ref_area::varchar) as country,
    indicator::varchar as indicator,
    year,
    sum(persons) filter (has_known_sex) as persons_by_sex,
    sum(greatest(persons - sex_known, 0)) filter (has_known_sex) as sex_unknown,
    sum(persons) filter (has_known_age) as persons_by_age,
    sum(greatest(persons - age_known, 0)) filter (has_known_age) as age_unknown
from printed_table
left join codelist.subdivision on subdivision.code = printed_table.ref_area
group by all
having coalesce(sum(persons) filter (has_known_sex), sum(persons) filter (has_known_age)) is not null;
