-- One row per cross-row rule: what must hold between figures.
-- rule: Name of the rule.
-- rule_id: Id under which it was cited until November 2026; its name if it is newer.
-- severity: WARN shows on quality pages, INFO is for reading only.
-- kind: What it compares: identity (parts and their total), series (years or releases), size
--   (figures of other states, indicators or of the population), disclosure (hidden figures).
-- doubts: Whose sum fails with it, so that its figures say so: persons (by sex or age, who are all that
--   the total counts), parts (of another kind); empty if figures say nothing of it.
-- title: What must hold.
-- text: The SELECT that tests it.
create table main.rule (
    rule varchar primary key,
    rule_id varchar not null,
    severity varchar not null check (severity in ('WARN', 'INFO')),
    kind varchar not null check (kind in ('identity', 'series', 'size', 'disclosure')),
    doubts varchar not null check (doubts in ('persons', 'parts', '')),
    title varchar not null,
    text varchar not null
);
