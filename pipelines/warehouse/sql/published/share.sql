-- One row per part of a yearly count: sexes, ages, sexes by age, forms of exploitation, in percent of
-- the total that is printed beside it. Forms may overlap, so their shares may exceed 100 together. The
-- share of a suppressed part is an interval, which reveals no more than the printed `<5` does; what
-- the other parts leave of the total is not used. A doubtful part, or total, has no share.
-- year: Year of the period, as a number.
-- value: Share in percent; empty if it is an interval or withheld.
-- lower: Least possible share in percent.
-- upper: Greatest possible share in percent.
-- covered: How much of the total its parts are together, in percent; empty beside a suppressed part.
--   Where it is far below 100, the others may be of any sex, age or form.
-- part_raw: Printed text of the part.
-- total_raw: Printed text of the total.
-- withholding: Why there is no share (codelist.withholding); empty if there is.
-- locator: The way back to the printed part.
-- total_locator: The way back to the printed total.
-- key: source, ref_area, indicator, time_basis, time_period, sex, age, exploitation
-- terms: source
-- extract: none
-- disclosure: derived from locator, total_locator
create table published.share as
with cell as (
    select
        current.*,
        coalesce(lower, 0) as least,
        coalesce(upper, 'infinity'::double) as most,
        has_status(obs_status, 'Q') as is_suppressed,
        has_status(obs_status, 'U') as is_doubtful,
        concat_ws(
            ' ',
            case when sex <> '_T' then 'sex' end,
            case when age <> '_T' then 'age' end,
            case when exploitation <> '_T' then 'form' end
        ) as split
    from harmonised.current_text as current
    where
        freq = 'A'
        and is_broad_age(age)
        and is_broad_form(exploitation)
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and is_count(indicator)
),
part as (
    select
        *,
        sum(least) over siblings as least_of_all,
        bool_or(is_suppressed) over siblings as one_is_suppressed
    from cell
    where split in ('sex', 'age', 'sex age', 'form')
    window siblings as (
        partition by source, release, ref_area, indicator, time_basis, time_period, split
    )
),
divided as (
    select
        part.*,
        total.value_raw as total_raw,
        total.locator as total_locator,
        case
            when total.is_suppressed then 'SUPPRESSED'
            when part.is_doubtful or total.is_doubtful then 'DOUBTFUL'
            when isinf(part.most) or total.value is null then 'NO_FIGURE'
            when part.least > total.value then 'CONTRADICTED'
            when total.value = 0 then 'ZERO_TOTAL'
            when part.split <> 'form' and part.least_of_all > total.value then 'CONTRADICTED'
        end as withholding,
        case when withholding is null then total.value end as whole
    from part
    join cell as total using (source, release, ref_area, indicator, time_basis, time_period)
    where total.split = ''
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
    100 * value / whole as value,
    100 * least / whole as lower,
    100 * least(most, whole) / whole as upper,
    case when one_is_suppressed then null else 100 * least_of_all / whole end as covered,
    value_raw as part_raw,
    total_raw,
    withholding,
    locator,
    total_locator
from divided;
