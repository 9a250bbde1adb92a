-- One row per rule and verdict, cases of the releases that hold now; a rule without a case has one row.
select rule.rule, rule.severity, coalesce(verdict, '') as verdict, coalesce(sum(cases), 0) as cases
from main.rule
left join (
    select account.*
    from main.rule_account as account
    join main.release using (source, release)
    where release.is_current
) as newest using (rule)
group by all
order by rule.rule, verdict;
