-- One row per figure that holds now: how far it may be compared, by rule and never by opinion. It
-- begins at 1; each remark sets the level that codelist.remark gives it; the worst wins. Countries are
-- compared by levels 1 and 2 only, with one indicator and one kind of source.
-- year: Year of the period, as a number.
-- comparability: Level from 1 to 4 (codelist.comparability).
-- comparability_reason: Why it is not 1: codes of codelist.remark joined by ;
-- key: source, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation, citizenship,
--   counterpart_role, counterpart_area, breakdown
-- terms: source
-- extract: none
-- disclosure: none
-- made_after: rules and statistics
create view published.comparability as
with level as (
    select map(list(code), list(comparability)) as of_remark
    from codelist.remark
    where comparability > '1'
),
beside as (
    select
        source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
        list(remark) as remarks
    from published.remark
    where scope in ('figure', 'part')
    group by all
),
known as (
    select
        own.*,
        list_sort(list_filter(
            list_distinct(list_concat(own.remarks, beside.remarks)),
            lambda remark: level.of_remark[remark] is not null
        )) as reasons,
        level.of_remark
    from judged.own
    cross join level
    left join beside
        on own.freq = 'A'
        and (own.counterpart_role, own.breakdown) = ('_Z', '_T')
        and beside.source = own.source
        and beside.ref_area = own.ref_area
        and beside.indicator = own.indicator
        and beside.time_basis = own.time_basis
        and beside.year = own.year
        and beside.sex = own.sex
        and beside.age = own.age
        and beside.exploitation = own.exploitation
        and beside.citizenship = own.citizenship
)
select
    source,
    release,
    ref_area,
    indicator,
    freq,
    time_basis,
    time_period,
    year,
    sex,
    age,
    exploitation,
    citizenship,
    counterpart_role,
    counterpart_area,
    breakdown,
    locator,
    coalesce(list_max(list_transform(reasons, lambda reason: of_remark[reason])), '1')
        as comparability,
    nullif(array_to_string(reasons, ';'), '') as comparability_reason
from known;
