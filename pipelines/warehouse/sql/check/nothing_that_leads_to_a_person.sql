-- a text could lead to a person: an e-mail address, or a telephone or identity number
with text as (
    select source, locator, comment as text
    from harmonised.observation
    where comment is not null
    union all
    select source, locator, summary
    from main.assessment
    union all
    select source, objection_address, objection
    from main.objection
    union all
    select source, locator, found
    from main.quarantine
)
select source, locator
from text
where
    regexp_matches(text, '[\w.+-]+@[\w-]+\.\w')
    or regexp_matches(
        regexp_replace(text, '\d{4}-\d{2}-\d{2}|https?://\S+', '', 'g'),
        '(^|[^\d.,])\+?\d{2,}[ .()-]?\d{3,}[ .-]?\d{3,}'
    );
