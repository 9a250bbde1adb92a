-- One row per indicator: what the series of all states say together, as in published.region.
select indicator, compared, doubled, halved, tested, up, down, lean, alone
from published.region
order by indicator;
