-- One row per sample of reports that were coded several times and code, over all kinds: how far codings
-- agree, the largest sample first; `_T` is all codes together.
select
    len(string_split(codings, ';')) as codings, reports, of_code, alpha
from published.assessment_agreement
where of_kind = '_T'
order by reports desc, of_code;
