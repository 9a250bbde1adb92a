-- severity: INFO
-- kind: identity
-- title: Persons in formal contact are at least those prosecuted, and these at least those convicted. Yearly flows are not a cohort, so this is a question and no error
-- Flows of a year are not a cohort: a person convicted may have been prosecuted years before.
with chain as (
    select
        source, release, ref_area, time_basis, time_period,
        max(lower) filter (indicator = 'PER_CONTACT') as contact_lower,
        max(upper) filter (indicator = 'PER_CONTACT') as contact_upper,
        max(lower) filter (indicator = 'PER_PROSEC') as prosecuted_lower,
        max(upper) filter (indicator = 'PER_PROSEC') as prosecuted_upper,
        max(lower) filter (indicator = 'PER_CONVICT') as convicted_lower,
        max(upper) filter (indicator = 'PER_CONVICT') as convicted_upper
    from harmonised.total
    where indicator in ('PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT')
    group by all
),
link as (
    select
        source, release, ref_area, 'PER_CONTACT'::indicator as indicator, time_basis, time_period,
        'formal contact and prosecuted' as subject, contact_upper as upper_bound,
        prosecuted_lower as lower_bound
    from chain
    union all
    select
        source, release, ref_area, 'PER_PROSEC'::indicator as indicator, time_basis, time_period,
        'prosecuted and convicted' as subject, prosecuted_upper as upper_bound,
        convicted_lower as lower_bound
    from chain
)
select
    source, release, ref_area, indicator, time_basis, time_period, subject,
    case
        when upper_bound is null or lower_bound is null then 'untestable'
        when lower_bound > upper_bound then 'exceeds'
        else 'holds'
    end as verdict,
    'at most ' || upper_bound::bigint || ', then at least ' || lower_bound::bigint as detail
from link
where upper_bound is not null or lower_bound is not null;
