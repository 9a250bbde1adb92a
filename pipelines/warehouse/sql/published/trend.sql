-- One row per source, area, indicator and kind of year: how the yearly totals change since the last
-- break, the year of the break included. Counts only; no points in time, cumulated or unknown
-- periods; no source that prints another's figures again, and no year that only others repeat of a
-- source that can be read itself. A missing year is a gap, and stays one.
-- All figures that may be as small as the greatest suppressed one are equal for the test; where one
-- is suppressed, no slope and no percentage is given. The test is Mann and Kendall's, two-sided,
-- against series without trend that chance draws over the same years, neighbouring years as alike
-- as in all series of the level. Of all that is called rising or falling, at most
-- {parameter.false_claims_of_trends} % should be wrong. No clear change is no proof of stability.
-- country: State to which the area belongs, ISO 3166-1 alpha-3; for a state the same as ref_area.
-- count_unit: What is counted (codelist.count_unit).
-- publisher: Authority.
-- first_period: First year.
-- last_period: Last year.
-- points: Years with a figure, suppressed ones included.
-- suppressed: Years with a suppressed figure.
-- gaps: Years between the first and the last without a figure.
-- tau: Kendall's tau-b against time; empty below {parameter.least_years_of_trend} points, or if all figures
--   are equal.
-- p_value: Probability that chance alone gives a tau at least as far from 0, neighbouring years
--   being alike.
-- q_value: The p-value among those of all series here (Benjamini and Hochberg).
-- slope: Change from one year to the next: Theil and Sen's median slope. Its limits are of this
--   series by itself; trend_verdict allows for all series.
-- slope_lower: Lower 95 % limit of the slope.
-- slope_upper: Upper 95 % limit of the slope.
-- annual_change: Percent a year, per inhabitant of a state: log-linear quasi-Poisson regression. Its
--   limits take the years for independent and this series for the only one: the verdict does not
--   rest on them, and may find no clear change where they leave out 0.
-- annual_change_lower: Lower 95 % limit of the annual change.
-- annual_change_upper: Upper 95 % limit of the annual change.
-- rho: How alike neighbouring years are beside a trend, as estimated over all series of the level:
--   of states, or of subdivisions together with what they add up to. 0 is not at all, 1 wholly.
-- jump_period: First year after the one jump that explains the figures better than a steady change;
--   empty unless the verdict is no_verdict_across_jump.
-- turn_period: Year after which the figures change direction, where that explains them better; empty
--   unless the verdict is no_verdict_across_turn.
-- jumps: Years within it that rule no_jump_without_a_break flags: more than {parameter.factor_of_threefold}
--   times the year before, or the reverse. Ask what happened before the trend is quoted.
-- jump_ratios: The figure of each of these years as a multiple of the year before, in their order.
-- doubtful: Years within it that are left out, since their figure is doubtful (status U).
-- trend_verdict: Verdict on the order of the figures (codelist.trend_verdict).
-- evidence: How strong the evidence of a trend is, from the q-value (codelist.evidence).
-- level_first_period: First of the years whose levels are compared: years that stand alone are left
--   out. Empty, as all that follows, where there are fewer than {parameter.least_years_of_level}.
-- level_last_period: Last of them.
-- level_first_lower: Usual level when the series began: the median of the first {parameter.level_years} years.
--   A suppressed figure counts as an interval, so the level is one: this is the least it may be.
-- level_first_upper: The most that it may be.
-- level_last_lower: Usual level now: the median of the last {parameter.level_years} years, the least it may be.
-- level_last_upper: The most that it may be.
-- ratio_lower: Level now as a multiple of the level at the beginning, the least that it may be; empty
--   if both may be 0.
-- ratio_upper: The most that it may be; infinite if the first level may be 0.
-- change_size: Size of the change between the two levels (codelist.change_size). A size stands only
--   where both ends of the ratio give it.
-- change_group: Group of such sizes (codelist.change_group): doubled and halved are what
--   published.region counts.
-- extreme_period: Year of the highest figure if it is more than {parameter.peak_factor} times both levels, else
--   of the lowest if it is as far below both.
-- extreme_value: That figure.
-- made_after: rules and statistics
-- key: source, ref_area, indicator, time_basis
-- terms: source
-- extract: none
-- disclosure: derived
create view published.trend as
with jump as (
    select
        total.source, total.ref_area::varchar as ref_area, total.indicator::varchar as indicator,
        total.time_basis::varchar as time_basis, total.time_period,
        total.value / before.value as ratio
    from main.rule_result as flagged
    join main.release using (source, release)
    join harmonised.total
        on total.source = flagged.source
        and total.release = flagged.release
        and total.ref_area = flagged.ref_area
        and total.indicator = flagged.indicator
        and total.time_basis = flagged.time_basis
        and total.time_period = flagged.time_period
    join harmonised.total as before
        on before.source = total.source
        and before.release = total.release
        and before.ref_area = total.ref_area
        and before.indicator = total.indicator
        and before.time_basis = total.time_basis
        and before.time_period::integer = total.time_period::integer - 1
    -- An older release may have had other figures.
    where flagged.rule = 'no_jump_without_a_break' and release.is_newest
),
doubt as (
    select source, ref_area, indicator, time_basis, time_period
    from harmonised.current_text
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and has_status(obs_status, 'U')
        and upper is not null
),
marked as (
    select *, false as is_doubt
    from jump
    union all by name
    select *, true as is_doubt
    from doubt
),
level as (
    select
        *,
        last_lower / nullif(first_upper, 0) as ratio_lower,
        case
            when first_lower > 0 then last_upper / first_lower
            when last_upper > 0 then 'infinity'::double
        end as ratio_upper
    from judged.level
),
size as (
    select code, at_least::double as at_least, below::double as below
    from codelist.change_size
    where at_least <> ''
),
remark as (
    select
        source,
        ref_area,
        indicator,
        time_basis,
        list(time_period order by time_period) filter (not is_doubt and time_period > first_period)
            as jumps,
        list(ratio order by time_period) filter (not is_doubt and time_period > first_period)
            as jump_ratios,
        list(time_period order by time_period) filter (is_doubt) as doubtful
    from main.trend
    join marked using (source, ref_area, indicator, time_basis)
    where time_period between first_period and last_period
    group by all
)
select
    trend.source,
    trend.ref_area,
    coalesce(subdivision.country, trend.ref_area) as country,
    trend.indicator,
    list.count_unit,
    trend.time_basis,
    about.publisher,
    trend.* exclude (source, ref_area, indicator, time_basis),
    coalesce(jumps, []) as jumps,
    coalesce(jump_ratios, []) as jump_ratios,
    coalesce(doubtful, []) as doubtful,
    case
        when starts_with(trend_verdict, 'no_verdict') or q_value is null then 'UNTESTED'
        when q_value <= parameter.evidence_strong() then 'STRONG'
        when q_value <= parameter.evidence_moderate() then 'MODERATE'
        when q_value <= parameter.evidence_weak() then 'WEAK'
        else 'NONE'
    end as evidence,
    level.first_period as level_first_period,
    level.last_period as level_last_period,
    first_lower as level_first_lower,
    first_upper as level_first_upper,
    last_lower as level_last_lower,
    last_upper as level_last_upper,
    ratio_lower,
    ratio_upper,
    case
        when first_upper = 0 and last_upper = 0 then 'STAYS_NONE'
        when first_upper = 0 and last_lower > 0 then 'FROM_NONE'
        when last_upper = 0 and first_lower > 0 then 'TO_NONE'
        when exact.code is not null then exact.code
        when ratio_lower >= same.below then 'MORE'
        when ratio_upper < same.at_least then 'FEWER'
        when level.source is not null then 'UNTOLD'
    end as change_size,
    case
        when change_size = 'FROM_NONE' or ratio_lower >= 2 then 'DOUBLED'
        when change_size = 'TO_NONE' or ratio_upper <= 0.5 then 'HALVED'
        when change_size in ('STAYS_NONE', 'SAME') then 'SAME'
        when ratio_lower >= same.below then 'MORE'
        when ratio_upper < same.at_least then 'FEWER'
        when change_size is not null then 'UNTOLD'
    end as change_group,
    extreme.year::varchar as extreme_period,
    extreme.value as extreme_value
from main.trend
join main.source as about on about.source = trend.source
join codelist.indicator as list on list.code = trend.indicator
left join codelist.subdivision on subdivision.code = trend.ref_area
left join remark
    on remark.source = trend.source
    and remark.ref_area = trend.ref_area
    and remark.indicator = trend.indicator
    and remark.time_basis = trend.time_basis
left join level
    on level.source = trend.source
    and level.ref_area = trend.ref_area
    and level.indicator = trend.indicator
    and level.time_basis = trend.time_basis
left join size as exact on ratio_lower >= exact.at_least and ratio_upper < exact.below
left join size as same on same.code = 'SAME';
