-- One row per printed figure with a defect, what the defect is about, and other release of its source:
-- each later one that replaces all figures, and the last such one before it. It says what became of the
-- defect there; of the release before only whether it had the same defect.
-- source: Source, as in the table source.
-- release: Release that prints the figure.
-- file: The publisher's file.
-- row: Row in the publisher's file.
-- column: The publisher's column, where a row prints several figures; else empty.
-- about: FIGURE; LABEL: the words beside it; ROWS: several rows print its cell.
-- other_release: Release with which it is compared.
-- outcome: What became of it (codelist.erratum_outcome). Of several rows on one cell each is compared
--   by its text.
-- printed_there: MENDED, CHANGED and NARROWED, labels aside: what the other release prints in the cell, row by
--   row; else empty.
create view harmonised.erratum_in_release as
with place as (
    select
        * exclude (code, about),
        list(distinct about) as abouts
    from main.erratum
    group by all
),
numbered as (
    select
        *,
        row_number() over (
            partition by source, release, cell_key, printed
            order by file, "row"::integer, "column"
        ) as occurrence
    from place
),
cell_printed as (
    select
        source, release, cell_key,
        list(printed order by file, "row"::integer, "column") as texts,
        list({lower: lower, upper: upper} order by file, "row"::integer, "column") as bounds,
        flatten(list(abouts)) as abouts
    from place
    group by all
    union all
    select
        source, release, cell_key,
        [value_raw], [{lower: lower, upper: upper}], []
    from harmonised.observation
    anti join place using (source, release, cell_key)
),
unread as (
    select distinct
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age, exploitation,
        counterpart_role, breakdown
    from place
    where citizenship is null or counterpart_area is null
),
whole as (
    select source, release, lag(release) over (partition by source order by release) as before
    from main.release
    where action = 'REPLACE'
),
other as (
    select release.source, release.release, whole.release as other_release, true as is_later
    from main.release
    join whole on whole.source = release.source and whole.release > release.release
    union all
    select source, release, before, false
    from whole
    where before is not null
),
compared as (
    select
        numbered.*,
        other.other_release,
        other.is_later,
        coalesce(cell_printed.texts, []) as texts,
        unnest(numbered.abouts) as about,
        coalesce(cell_printed.abouts, []) as abouts_there,
        len(list_filter(texts, lambda text: text = numbered.printed)) >= occurrence as is_same,
        numbered.lower < coalesce(numbered.upper, 'infinity'::double)
        and len(list_filter(
            cell_printed.bounds,
            lambda each: lies_within(each.lower, each.upper, numbered.lower, numbered.upper)
        )) >= occurrence as is_within,
        unread.source is not null as may_be_unread,
        numbered.ref_area is null or numbered.indicator is null or numbered.freq is null
        or numbered.time_basis is null or numbered.time_period is null or numbered.sex is null
        or numbered.age is null or numbered.exploitation is null or numbered.citizenship is null
        or numbered.counterpart_role is null or numbered.counterpart_area is null
        or numbered.breakdown is null as is_unread
    from numbered
    join other using (source, release)
    left join cell_printed
        on cell_printed.source = numbered.source
        and cell_printed.release = other.other_release
        and cell_printed.ref_area = numbered.ref_area
        and cell_printed.indicator = numbered.indicator
        and cell_printed.freq = numbered.freq
        and cell_printed.time_basis = numbered.time_basis
        and cell_printed.time_period = numbered.time_period
        and cell_printed.sex = numbered.sex
        and cell_printed.age = numbered.age
        and cell_printed.exploitation = numbered.exploitation
        and cell_printed.citizenship = numbered.citizenship
        and cell_printed.counterpart_role = numbered.counterpart_role
        and cell_printed.counterpart_area = numbered.counterpart_area
        and cell_printed.breakdown = numbered.breakdown
    left join unread
        on unread.source = numbered.source
        and unread.release = other.other_release
        and unread.ref_area = numbered.ref_area
        and unread.indicator = numbered.indicator
        and unread.freq = numbered.freq
        and unread.time_basis = numbered.time_basis
        and unread.time_period = numbered.time_period
        and unread.sex = numbered.sex
        and unread.age = numbered.age
        and unread.exploitation = numbered.exploitation
        and unread.counterpart_role = numbered.counterpart_role
        and unread.breakdown = numbered.breakdown
)
select
    source, release, file, "row", "column", about, other_release,
    case
        when
            is_unread or printed = 'withheld' or list_contains(texts, 'withheld')
            or len(texts) = 0 and may_be_unread
        then 'NOT_COMPARED'
        when is_listed and (is_same or about = 'LABEL') then 'SAME'
        when not is_later then case when is_listed then 'OTHER' else 'NEW' end
        when len(texts) = 0 then 'GONE'
        when is_listed and is_within then 'NARROWED'
        when is_listed then 'CHANGED'
        when (is_same or is_within) and about = 'FIGURE' then 'UNLISTED'
        else 'MENDED'
    end as outcome,
    case when outcome in ('MENDED', 'CHANGED', 'NARROWED') and about <> 'LABEL' then texts end as printed_there
from (select *, list_contains(abouts_there, about) as is_listed from compared);
