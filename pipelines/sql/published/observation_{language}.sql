-- One row per figure that holds now, every code with its name.
-- ref_area_name: Name of the state or subdivision.
-- indicator_name: Name of the indicator.
-- sex_name: Name of the sex.
-- age_name: Name of the age band.
-- exploitation_name: Name of the form of exploitation.
-- citizenship_name: Name of the citizenship.
-- counterpart_role_name: Name of the role of the other state.
-- counterpart_area_name: Name of the other state.
-- breakdown_name: Name of the further breakdown.
-- time_basis_name: Name of the kind of year.
-- def_scope_name: Name of the legal scope.
-- count_unit_name: Name of what is counted.
-- stage_name: Name of the stage.
create view published.observation_{language} as
select
    observation.*,
    coalesce(area.name_{language}, subdivision.name_{language}) as ref_area_name,
    indicator.name_{language} as indicator_name,
    sex.name_{language} as sex_name,
    age.name_{language} as age_name,
    exploitation.name_{language} as exploitation_name,
    coalesce(citizenship.name_{language}, citizen_of.name_{language}) as citizenship_name,
    counterpart_role.name_{language} as counterpart_role_name,
    counterpart.name_{language} as counterpart_area_name,
    breakdown.name_{language} as breakdown_name,
    time_basis.name_{language} as time_basis_name,
    def_scope.name_{language} as def_scope_name,
    count_unit.name_{language} as count_unit_name,
    stage.name_{language} as stage_name
from published.observation
left join codelist.area on area.code = observation.ref_area
left join codelist.subdivision on subdivision.code = observation.ref_area
left join codelist.indicator on indicator.code = observation.indicator
left join codelist.sex on sex.code = observation.sex
left join codelist.age on age.code = observation.age
left join codelist.exploitation on exploitation.code = observation.exploitation
left join codelist.citizenship on citizenship.code = observation.citizenship
left join codelist.area as citizen_of on citizen_of.code = observation.citizenship
left join codelist.counterpart_role on counterpart_role.code = observation.counterpart_role
left join codelist.area as counterpart on counterpart.code = observation.counterpart_area
left join codelist.breakdown on breakdown.code = observation.breakdown
left join codelist.time_basis on time_basis.code = observation.time_basis
left join codelist.def_scope on def_scope.code = observation.def_scope
left join codelist.count_unit on count_unit.code = observation.count_unit
left join codelist.stage on stage.code = observation.stage;
