-- One row per state and main indicator of which no figure is cited, with the reason.
-- remark: KEPT_OUT, ONLY_REPEATED, STATED_NIL, ONLY_DOUBTFUL, PARTS_ONLY or NO_SOURCE
--   (codelist.remark).
-- source: Source of the figure that only others repeat, of the nought or of the doubtful figure.
-- year: Last year of that.
-- kept_out: Totals in quarantine.
-- made_after: rules and statistics
create view judged.absent as
with wanted as (
    select area.code as ref_area, list.code as indicator
    from codelist.area
    cross join codelist.indicator as list
    anti join published.national_series
        on national_series.ref_area = area.code and national_series.indicator = list.code
    where area.is_oas and list.code in ('VIC_DETECT', 'PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT')
),
repeated as (
    select ref_area, indicator, arg_max(figure, year) as figure
    from judged.figure
    where provenance = 'REPEATED' and may_stand
    group by all
),
nil as (
    select ref_area, indicator, arg_max(figure, year) as figure
    from judged.figure
    where time_basis = 'CUM' and upper = 0
    group by all
),
doubtful as (
    select ref_area, indicator, arg_max(figure, year) as figure
    from judged.figure
    where
        provenance <> 'REPEATED'
        and lower is not null
        and time_basis not in ('CUM', 'OTHER', 'UNK', 'PIT')
        and has_status(obs_status, 'U')
    group by all
),
part as (
    select distinct ref_area, indicator
    from harmonised.current_text
    where lower is not null and (sex <> '_T' or age <> '_T' or exploitation <> '_T')
),
quarantined as (
    -- Of a row whose cell could not be read the unit of the count is not known: prosecutions.
    select
        ref_area, coalesce(indicator, case when rule_id = 'D2' then 'PER_PROSEC' end) as indicator,
        count(distinct locator) as rows
    from main.quarantine
    join main.release using (source, release)
    left join codelist.remark on remark.code = rule
    where
        is_current
        and rule_id <> 'V6'
        and no_answer is distinct from true
        and (sex, age, exploitation, citizenship, counterpart_role)
        = ('_T', '_T', '_T', '_T', '_Z')
    group by all
)
select
    ref_area,
    indicator,
    case
        when quarantined.rows > 0 and repeated.figure is null and nil.figure is null then 'KEPT_OUT'
        when repeated.figure is not null then 'ONLY_REPEATED'
        when nil.figure is not null then 'STATED_NIL'
        when doubtful.figure is not null then 'ONLY_DOUBTFUL'
        when part.ref_area is not null then 'PARTS_ONLY'
        else 'NO_SOURCE'
    end as remark,
    coalesce(repeated.figure.source, nil.figure.source, doubtful.figure.source) as source,
    coalesce(repeated.figure.year, nil.figure.year, doubtful.figure.year) as year,
    coalesce(repeated.figure.time_basis, nil.figure.time_basis, doubtful.figure.time_basis)
        as time_basis,
    coalesce(quarantined.rows, 0) as kept_out
from wanted
left join repeated using (ref_area, indicator)
left join nil using (ref_area, indicator)
left join doubtful using (ref_area, indicator)
left join part using (ref_area, indicator)
left join quarantined using (ref_area, indicator);
