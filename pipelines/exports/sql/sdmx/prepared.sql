-- One row: the day on which the newest of the figures' files was retrieved, ISO 8601.
select left(max(retrieved), 10) as prepared
from main.release;
