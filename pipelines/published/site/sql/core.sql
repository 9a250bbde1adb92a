-- One row per core indicator that counts something, in the order of the code list. Rates and
-- yes-or-no facts are not figures to report.
select code as indicator
from codelist.indicator
where core and unit_measure not in ('PER_100000_POP', 'BOOL');
