-- One row per yearly figure of all sexes, ages and citizenships: a total, or one form of exploitation.
-- domain: Domain of the indicator (codelist.domain).
-- unit: What the figure counts (codelist.count_unit); an incident that the police recorded is an
--   offence that they recorded.
-- unit_measure: Unit of the figure (codelist.unit_measure).
-- is_own: Whether an authority of the state published it.
-- is_own_now: Whether, besides, its release holds now.
create view harmonised.yearly_by_form as
select
    observation.*,
    list.domain,
    case list.count_unit when 'INCIDENT' then 'OFFENCE' else list.count_unit end as unit,
    list.unit_measure,
    is_own_authority(source, ref_area) as is_own,
    is_own and (source, release, indicator, ref_area, time_period) in (
        select (source, release, indicator, ref_area, time_period) from harmonised.current
    ) as is_own_now
from harmonised.observation
join codelist.indicator as list on list.code::indicator = observation.indicator
where is_headline(freq, sex, age, '_T', citizenship, counterpart_role, breakdown);
