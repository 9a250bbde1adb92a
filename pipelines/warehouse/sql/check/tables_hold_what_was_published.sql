-- the tables do not hold as many rows as the account says were published
with held as (
    select source, release, count(*) as rows
    from harmonised.observation
    group by all
    union all
    select source, release, count(*) as rows
    from main.population
    group by all
    union all
    select source, release, count(*) as rows
    from main.assessment
    group by all
)
select release.source, release.release
from main.release
left join held using (source, release)
left join main.row_account as account
    on account.source = release.source
    and account.release = release.release
    and account.outcome = 'published'
where coalesce(held.rows, 0) is distinct from account.rows;
