-- Counts the verdicts of the rule that was applied last.
insert into main.rule_account
select $rule, source, release, indicator, verdict, count(*)
from verdict
group by all;
