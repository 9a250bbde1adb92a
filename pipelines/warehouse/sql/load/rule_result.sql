-- Keeps the cases in which the rule that was applied last does not hold; of hidden figures that can be
-- recovered none, since they would be a map of what a publisher gives away: they are only counted. A
-- rule on yearly totals leaves out the columns whose default is that of a total.
insert into main.rule_result by name
select rule, rule_id, verdict.*
from verdict
cross join main.rule
where
    rule = $rule
    and rule <> 'no_hidden_figure_is_recoverable'
    and verdict not in ('holds', 'untestable');
