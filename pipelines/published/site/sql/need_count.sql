-- One row per state, or the Americas, and step of the needs that concerns it.
select area, need_step, indicators, states
from published.need_count;
