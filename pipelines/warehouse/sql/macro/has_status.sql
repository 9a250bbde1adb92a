-- Whether a figure has a status, alone or among several.
create macro main.has_status(obs_status, status) as
    list_contains(string_split(obs_status, ';'), status);
