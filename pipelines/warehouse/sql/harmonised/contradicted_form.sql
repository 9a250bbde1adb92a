-- One row per form of exploitation of a year that is doubtful by the state's own file: it has the
-- same total of {parameter.least_total_of_own_forms} or more, but contradicts the figure of a form there.
-- Then the two give the forms other meanings, as where labour exploitation is another form than
-- forced labour. A form with the same figure in the state's own file is confirmed by it. Suppressed
-- figures are intervals.
-- own_source: The state's own source.
create view harmonised.contradicted_form as
with figure as ( -- read four times, made once
    from harmonised.yearly_by_form
),
shared as (
    select total.*, own.source as own_source, own.release as own_release, own.indicator as own_indicator
    from figure as total
    join figure as own using (ref_area, time_basis, time_period, domain, unit, exploitation, value)
    where
        exploitation = '_T'
        and value >= parameter.least_total_of_own_forms()
        and not total.is_own
        and own.is_own_now
),
compared as (
    select
        form.source, form.release, form.ref_area, form.indicator, form.time_basis,
        form.time_period, form.exploitation, shared.own_source,
        own.lower <= form.upper and form.lower <= coalesce(own.upper, 'infinity') as is_confirmed
    from shared
    join figure as form using (source, release, ref_area, indicator, time_basis, time_period)
    left join figure as own
        on own.is_own_now
        and own.source = shared.own_source
        and own.release = shared.own_release
        and own.indicator = shared.own_indicator
        and own.ref_area = form.ref_area
        and own.time_basis = form.time_basis
        and own.time_period = form.time_period
        and own.exploitation = form.exploitation
    where form.exploitation not in ('_T', '_U')
)
select * exclude (is_confirmed)
from compared
qualify
    is_confirmed is distinct from true
    and bool_or(not is_confirmed) over (
        partition by source, release, ref_area, indicator, time_basis, time_period
    );
