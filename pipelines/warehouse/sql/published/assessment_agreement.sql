-- One row per sample of reports that were coded several times, kind and code: how far codings agree that
-- the code stands in the list, by Krippendorff's alpha for nominal data (Krippendorff, Content Analysis,
-- 2004, chapter 11): 1 is full agreement, 0 what chance gives. All codings follow one instruction and
-- one way of reading: agreement says that codes are clear, not that they are right.
-- codings: Codings that are compared, by name. Where three or more were made beside the published one,
--   that was made of theirs and is not compared again.
-- of_kind: EFFORT, SHORTFALL, RECOMMENDATION, or _T for the three together.
-- of_code: Code of the list assessment_code, or _T for all together.
-- reports: Number of reports.
-- lists: Number of lists: one a kind and report.
-- present: Lists in which one coding at least has the code; of all codes, such pairs of list and code.
-- alpha: Krippendorff's alpha; empty if no coding has the code in any list, or all in each.
-- key: source, codings, of_kind, of_code
-- terms: source
-- extract: csv, parquet
-- disclosure: aggregate
create table published.assessment_agreement as
with coded as (
    select source, release, ref_area, time_period, coding, kind::varchar as kind, code::varchar as code
    from main.assessment
    join main.release using (source, release)
    where release.is_newest
),
sampled as (
    select
        source, release, ref_area, time_period,
        list_sort(list(distinct coding) filter (coding <> 'main')) as others,
        case when len(others) < 3 then list_prepend('main', others) else others end as codings
    from coded
    group by source, release, ref_area, time_period
    having len(others) > 0
),
unit as (
    select
        sampled.source, sampled.release, codings, sampled.ref_area, sampled.time_period,
        listed.kind, listed_code.code,
        len(codings) as m,
        count(distinct coded.coding) as having_it
    from sampled
    cross join (values ('EFFORT'), ('SHORTFALL'), ('RECOMMENDATION')) as listed (kind)
    cross join codelist.assessment_code as listed_code
    left join coded
        on coded.ref_area = sampled.ref_area
        and coded.time_period = sampled.time_period
        and coded.kind = listed.kind
        and coded.code = listed_code.code
        and list_contains(codings, coded.coding)
    where listed_code.code <> '_Z'
    group by all
),
counted as (
    select
        source, release, codings,
        coalesce(kind, '_T') as kind,
        coalesce(code, '_T') as code,
        count(distinct (ref_area, time_period)) as reports,
        count(distinct (ref_area, time_period, kind)) as lists,
        count(*) filter (having_it > 0) as present,
        sum(having_it) as ones,
        sum(m) as marks,
        -- Pairs of codings that disagree on a list, each pair in both orders, over the others of it.
        sum(2 * having_it * (m - having_it) / (m - 1)) as disagreeing
    from unit
    group by source, release, codings, grouping sets ((kind, code), (kind), (code), ())
)
select
    source, release, array_to_string(codings, ';') as codings,
    kind as of_kind, code as of_code,
    reports::integer as reports, lists::integer as lists, present::integer as present,
    1 - disagreeing / nullif(2 * ones * (marks - ones) / (marks - 1), 0) as alpha
from counted
order by codings desc, kind = '_T' desc, kind, code = '_T' desc, code;
