-- One row per cross-row rule: what must hold between figures.
-- rule: Id of the rule.
-- severity: WARN shows on quality pages, INFO is for reading only.
-- title: What must hold.
-- text: The SELECT that tests it.
create table main.rule (
    rule varchar primary key,
    severity varchar not null check (severity in ('WARN', 'INFO')),
    title varchar not null,
    text varchar not null
);
