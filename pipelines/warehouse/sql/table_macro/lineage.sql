-- Where a figure comes from and what was made of it, one row per step, for a source, a release and a
-- locator as any published view shows them: back to the publisher's file and the printed text,
-- forward to rates, shares, sums and trends. Ask as: from published.lineage('int_unodc_glotip',
-- '2025-04-14', 'data_glotip.xlsx, sheet data_glotip_1, row 1176').
-- place: Order of the steps.
-- lineage_step: Kind of step (codelist.lineage_step).
-- what: File, or area, indicator, period and breakdown.
-- found: Checksum, printed text, figure or outcome.
create macro published.lineage(of_source, of_release, of_locator) as table
with cell as (
    select
        *,
        cell_text(
            ref_area, indicator, time_period, sex, age, exploitation, citizenship, counterpart_area,
            breakdown
        ) as what
    from harmonised.observation
    where source = of_source and release = of_release and locator = of_locator
),
holding as (
    select *
    from cell
    semi join harmonised.current using (source, release, locator, indicator, time_period, sex, age)
),
revised as (
    -- Two questions, since one that asks for either locator would read all of both releases.
    from published.revision
    where source = of_source and release = of_release and locator = of_locator
    union all
    from published.revision
    where
        source = of_source
        and previous_release = of_release
        and previous_locator = of_locator
),
step as (
    select
        'PUBLISHER_FILE' as lineage_step,
        publisher_file as what,
        concat_ws(' ', address, 'retrieved', retrieved, 'sha256', publisher_sha256) as found
    from main.raw_file
    where source = of_source and release = of_release and contains(of_locator, publisher_file)
    union all
    select 'FIGURE_TABLE', file, 'sha256 ' || sha256
    from main.raw_file
    where source = of_source and release = of_release and contains(of_locator, publisher_file)
    union all
    select 'PRINTED', locator, value_raw
    from cell
    union all
    select 'QUARANTINE', locator, rule || ': ' || message
    from main.quarantine
    where source = of_source and release = of_release and locator = of_locator
    union all
    select
        'FIGURE',
        what,
        concat_ws(
            ' ', interval_text(lower, upper), 'status', obs_status,
            nullif(array_to_string(flags, ' '), ''), '(' || comment || ')'
        )
    from cell
    union all
    select
        'REVISION',
        cell_text(
            ref_area, indicator, time_period, sex, age, exploitation, citizenship, counterpart_area,
            breakdown
        ),
        concat_ws(
            ' ', change, 'in', release, 'from', previous_value_raw, 'of', previous_release, 'to',
            value_raw
        )
    from revised
    union all
    select 'HOLDS', what, value_raw
    from holding
    union all
    select
        'RATE',
        concat_ws(' ', ref_area, indicator, time_period, 'per 100,000'),
        coalesce(round(value, 4)::varchar, withholding)
    from published.rate
    where source = of_source and release = of_release and locator = of_locator
    union all
    select
        'SHARE',
        concat_ws(
            ' ', ref_area, indicator, time_period, nullif(sex, '_T'), nullif(age, '_T'),
            nullif(exploitation, '_T'), 'percent'
        ),
        coalesce(withholding, round(value, 2)::varchar, round(lower, 2) || ' to ' || round(upper, 2))
    from published.share
    where
        source = of_source
        and release = of_release
        and of_locator in (locator, total_locator)
    union all
    select
        'SUM',
        concat_ws(' ', summed.country, summed.indicator, summed.year),
        interval_text(summed.lower, coalesce(summed.upper, 'infinity'::double))
    from published.national_sum as summed
    join holding as cell
        on summed.source = of_source
        and summed.indicator = cell.indicator::varchar
        and summed.freq = cell.freq::varchar
        and cell.citizenship = '_T'
        and cell.counterpart_role = '_Z'
        and cell.breakdown = '_T'
        and summed.time_basis = cell.time_basis::varchar
        and summed.year = year_of(cell.time_period)
        and starts_with(
            cell.ref_area::varchar,
            (select iso2 from codelist.area where code = summed.country) || '-'
        )
    union all
    select
        'TREND',
        concat_ws(' ', trend.ref_area, trend.indicator, first_period, 'to', last_period),
        trend.trend_verdict
    from main.trend
    join holding
        on trend.source = holding.source
        and trend.ref_area = holding.ref_area::varchar
        and trend.indicator = holding.indicator::varchar
        and trend.time_basis = holding.time_basis::varchar
        and holding.time_period between first_period and last_period
    where
        is_headline(
            freq, sex, age, exploitation, citizenship, counterpart_role, breakdown
        )
)
select
    row_number() over (order by place.position, step.what, step.found) as place,
    step.lineage_step,
    step.what,
    step.found
from step
left join (
    select code, row_number() over () as position
    from codelist.lineage_step
) as place on place.code = step.lineage_step
order by place;
