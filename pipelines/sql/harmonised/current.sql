-- One row per cell of a source: the figure that holds now. It is that of the newest release; where
-- releases add to each other, that of the newest release that has the cell. Where the newest prints
-- a whole table under a wrong label, that of the release before, as harmonised.older says.
create view harmonised.current as
select observation.*
from harmonised.observation
join main.release using (source, release)
join main.source using (source)
where release.is_newest and not source.adds_up
union all
from harmonised.older
union all
select observation.*
from harmonised.observation
join main.source using (source)
where source.adds_up
qualify
    row_number() over (
        partition by
            source, ref_area, indicator, freq, observation.time_basis, time_period, sex, age,
            exploitation, citizenship, counterpart_role, counterpart_area, breakdown
        order by release desc
    ) = 1;
