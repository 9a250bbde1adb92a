-- an objection of data/objections.csv is about a statement that is not there: correct or remove the line
select source, ref_area, report_year, kind, rank, code
from main.objection
anti join published.assessment_statement using (source, ref_area, report_year, kind, rank, code);
