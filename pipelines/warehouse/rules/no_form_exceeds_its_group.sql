-- severity: WARN
-- kind: identity
-- title: No single form exceeds the group of forms that it belongs to
with family as (
    select code, parent
    from codelist.exploitation
    where parent not in ('', '_T')
)
select
    part.source, part.release, part.ref_area, part.indicator, part.freq, part.time_basis,
    part.time_period, part.sex, part.age, parent.exploitation, part.citizenship,
    part.counterpart_role, part.counterpart_area, part.breakdown, 'exploitation' as dimension,
    concat_ws(' ', part.exploitation, 'within', parent.exploitation, 'sex', part.sex, 'age', part.age)
        as subject,
    case when part.lower > parent.upper then 'exceeds' else 'holds' end as verdict,
    parent.exploitation || ' ' || interval_text(parent.lower, parent.upper)
    || ', ' || part.exploitation || ' ' || interval_text(part.lower, part.upper) as detail
from harmonised.observation as part
join family on family.code = part.exploitation
join harmonised.observation as parent
    on parent.exploitation::varchar = family.parent
    and parent.source = part.source
    and parent.release = part.release
    and parent.ref_area = part.ref_area
    and parent.indicator = part.indicator
    and parent.freq = part.freq
    and parent.time_basis = part.time_basis
    and parent.time_period = part.time_period
    and parent.sex = part.sex
    and parent.age = part.age
    and parent.citizenship = part.citizenship
    and parent.counterpart_role = part.counterpart_role
    and parent.counterpart_area = part.counterpart_area
    and parent.breakdown = part.breakdown;
