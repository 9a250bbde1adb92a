-- id: V9
-- severity: WARN
-- title: Convicted by form of exploitation are not the figures of victims by form
-- Of small counts two may well be equal, so that only those of five and more are compared.
with form as (
    select
        source, release, ref_area, time_period, exploitation,
        max(value) filter (indicator = 'VIC_DETECT') as victims,
        max(value) filter (indicator = 'PER_CONVICT') as convicted
    from harmonised.observation
    where
        indicator in ('VIC_DETECT', 'PER_CONVICT')
        and freq = 'A'
        and sex = '_T'
        and age = '_T'
        and exploitation not in ('_T', '_U')
        and citizenship = '_T'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and value >= 5
    group by all
)
select
    source, release, ref_area, 'PER_CONVICT'::indicator as indicator, time_period,
    'exploitation ' || exploitation as subject,
    if(victims = convicted, 'repeats victims', 'holds') as verdict,
    'convicted ' || convicted::bigint || ', victims ' || victims::bigint as detail
from form
where victims is not null and convicted is not null;
