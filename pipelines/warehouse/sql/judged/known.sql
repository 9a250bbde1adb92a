-- One row per figure that holds now: what is known of it. It is compared by rule and never by opinion:
-- it begins at level 1; each remark sets the level that codelist.remark gives it; the worst wins.
-- Countries are compared by levels 1 and 2 only, with one indicator and one kind of source.
-- comparability: How far the figure may be compared, from 1 to 4 (codelist.comparability).
-- remarks: What is known of the figure: codes of codelist.remark, the first to be said first. Those
--   whose comparability is the figure's set its level. published.remark has the figures behind them.
-- made_after: rules and statistics
create table judged.known as
with list as (
    select
        map(
            list(code),
            list({'rank': rank::integer, 'code': code, 'comparability': comparability})
        ) as of_code
    from codelist.remark
),
beside as (
    select
        source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
        list(remark) as remarks
    from published.remark
    group by all
),
known as (
    select
        own.* exclude (remarks),
        list_sort(list_transform(
            list_distinct(list_concat(own.remarks, beside.remarks)),
            lambda code: list.of_code[code]
        )) as remarks
    from judged.own
    cross join list
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
    cell_key,
    greatest('1', list_max(list_transform(remarks, lambda remark: remark.comparability)))
        as comparability,
    list_transform(remarks, lambda remark: remark.code) as remarks
from known
order by all;
