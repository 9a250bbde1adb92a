-- Whether forms of exploitation of this code, with the others of which it holds, add up to a whole: all
-- forms (`_T`) or the other forms.
create macro main.adds_up_to_forms(form, whole) as
    form in (
        select list.code from codelist.exploitation as list where list.additive and list.parent = whole
    );
