-- One row per state and indicator: the newest figure that may be cited (published.newest), in the
-- form in which answers give figures and years.
-- figure: Its value, or the bounds if it is suppressed.
-- at: Its year and kind of year.
-- made_after: rules and statistics
create table judged.newest_figure as
select
    figure.*,
    {'value': value, 'lower': lower, 'upper': upper} as figure,
    {'year': year, 'time_basis': time_basis} as at
from judged.figure
where is_last;
