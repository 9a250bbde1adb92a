-- rows in are not published + quarantined + set aside
select source, release
from main.row_account
group by all
having sum(rows) filter (outcome = 'in') is distinct from sum(rows) filter (outcome <> 'in');
