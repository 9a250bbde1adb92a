-- Why a figure is doubtful (codelist.detector): CONTRADICTED for a line of the corrections, which a
-- reader wrote; else the detector that its comment names, or MAY_BE_FILLED if that one finds what
-- stands for no answer, unless the state's own file shows that the form was reported. Empty if it is
-- not doubtful.
create macro main.doubt_of(obs_status, comment) as
    case
        when not list_contains(string_split(obs_status, ';'), 'U') then null
        when contains(comment, 'doubt ') then 'CONTRADICTED'
        when contains(comment, 'OWN_FORMS') then 'OWN_FORMS'
        when
            list_has_any(
                string_split(comment, '; '),
                (select list(code) from codelist.detector where no_answer)
            )
            then 'MAY_BE_FILLED'
        else list_intersect(
            string_split(comment, '; '), (select list(code) from codelist.detector)
        )[1]
    end;
