-- One row per report and state that it assesses, of which at least the tier could be read. It is one
-- government's judgement of others, and of itself in its own chapter; a tier is history, not a rank.
-- A state without a row was not assessed, or the report was not found: nothing follows from it.
-- report_year: Year of the report, as a number; it covers about April of the year before to March.
-- tier: Tier in which the report places the state (codelist.tier).
-- direction: What the report says of overall efforts against those of the period before
--   (codelist.assessment_direction).
-- is_read: Whether more than the tier was read, at an address that can be rested on.
-- is_read_weakly: Whether more than the tier was read, but only at places too weak to rest on.
-- efforts: Number of efforts that were read.
-- shortfalls: Number of shortfalls that were read.
-- recommendations: Number of recommendations that were read.
-- efforts_cut: Whether the list of efforts could not be read to its end, or not at all, at an address
--   that can be rested on.
-- shortfalls_cut: The same of shortfalls.
-- recommendations_cut: The same of recommendations: of most reports only the first ones were read.
-- provenance: The nearest to the publisher of the places where it was read (codelist.provenance).
-- address: That place; empty where it is too weak to rest on. Each statement has its own address.
-- is_weak: Whether no place where it was read can be rested on: the tier, too, is then no more than a hint.
-- is_self: Whether it is the government's own assessment of itself.
-- locator: Place of its first row: file, row.
-- key: source, ref_area, report_year
-- terms: source
-- extract: csv, parquet, workbook
-- disclosure: none
create table published.assessment as
select
    source,
    release,
    ref_area,
    report_year,
    any_value(tier) as tier,
    any_value(direction) as direction,
    bool_or(kind <> 'NONE' and not is_weak) as is_read,
    bool_or(kind <> 'NONE') and not is_read as is_read_weakly,
    count(distinct rank) filter (kind = 'EFFORT')::integer as efforts,
    count(distinct rank) filter (kind = 'SHORTFALL')::integer as shortfalls,
    count(distinct rank) filter (kind = 'RECOMMENDATION')::integer as recommendations,
    coalesce(bool_or(is_cut) filter (kind = 'EFFORT' and not is_weak), true) as efforts_cut,
    coalesce(bool_or(is_cut) filter (kind = 'SHORTFALL' and not is_weak), true) as shortfalls_cut,
    coalesce(bool_or(is_cut) filter (kind = 'RECOMMENDATION' and not is_weak), true) as recommendations_cut,
    arg_min(provenance, nearness) as provenance,
    arg_min(address, nearness) as address,
    bool_and(is_weak) as is_weak,
    bool_and(is_self) as is_self,
    arg_min(locator, place) as locator
from (
    select
        *,
        row_number() over (order by kind, rank, code) as place,
        -- The code list goes from the publisher's own page to what others repeat.
        row_number() over (
            order by
                is_weak, list_position((select list(code) from codelist.provenance), provenance),
                kind, rank, code
        ) as nearness
    from judged.assessed
)
group by source, release, ref_area, report_year
order by ref_area, report_year;
