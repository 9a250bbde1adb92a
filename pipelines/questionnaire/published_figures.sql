-- The figures of a state and year in the cells of a form. $own: the state's own report, which goes
-- before the source to cite; if empty, the figures are those of $other.
with figure as (
    select
        source, time_basis, indicator, sex, age, exploitation, citizenship, lower, upper
    from published.observation
    where
        ref_area = $state
        and year = $year
        and freq = 'A'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and lower is not null
),
chosen as (
    select indicator, source, time_basis
    from figure
    left join (
        select source, indicator, time_basis, true as is_cited
        from published.national_series
        where ref_area = $state and year = $year
    ) using (source, indicator, time_basis)
    where case when $own = '' then source = $other else source = $own or is_cited end
    qualify
        row_number() over (
            partition by indicator
            order by source <> $own, source, time_basis
        ) = 1
)
select indicator, sex, age, exploitation, citizenship, lower, upper
from figure
semi join chosen using (indicator, source, time_basis);
