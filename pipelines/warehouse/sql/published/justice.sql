-- One row per source, area, kind of year and year: persons suspected, prosecuted and convicted beside each other,
-- without a ratio. They are counts of what happened in the year, not stages of the same persons.
-- year: Year of the period, as a number.
-- suspected: Persons in formal contact with the authorities; empty if suppressed or missing.
-- suspected_raw: Printed text.
-- suspected_locator: The way back to it.
-- suspected_release: Release that has it.
-- prosecuted: Persons prosecuted.
-- prosecuted_raw: Printed text.
-- prosecuted_locator: The way back to it.
-- prosecuted_release: Release that has it.
-- convicted: Persons convicted.
-- convicted_raw: Printed text.
-- convicted_locator: The way back to it.
-- convicted_release: Release that has it.
-- reading: How to read them (codelist.reading).
create view published.justice as
select
    source,
    ref_area,
    time_basis,
    time_period,
    year,
    max(value) filter (indicator = 'PER_CONTACT') as suspected,
    max(value_raw) filter (indicator = 'PER_CONTACT') as suspected_raw,
    max(locator) filter (indicator = 'PER_CONTACT') as suspected_locator,
    max(release) filter (indicator = 'PER_CONTACT') as suspected_release,
    max(value) filter (indicator = 'PER_PROSEC') as prosecuted,
    max(value_raw) filter (indicator = 'PER_PROSEC') as prosecuted_raw,
    max(locator) filter (indicator = 'PER_PROSEC') as prosecuted_locator,
    max(release) filter (indicator = 'PER_PROSEC') as prosecuted_release,
    max(value) filter (indicator = 'PER_CONVICT') as convicted,
    max(value_raw) filter (indicator = 'PER_CONVICT') as convicted_raw,
    max(locator) filter (indicator = 'PER_CONVICT') as convicted_locator,
    max(release) filter (indicator = 'PER_CONVICT') as convicted_release,
    'NOT_A_COHORT' as reading
from harmonised.current_text
where
    is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and indicator in ('PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT')
group by all;
