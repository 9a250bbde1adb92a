-- Whether a form of exploitation is one of those that add up to all forms, or all forms.
create macro main.is_broad_form(form) as form = '_T' or adds_up_to_forms(form, '_T');
