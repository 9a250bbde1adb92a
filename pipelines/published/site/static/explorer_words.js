// The words around a chart of the explorer: headline, subtitle, source and note. `rules` are those of its
// rules, `items` the series that a chart shows.
window.tipstat = window.tipstat || {};
window.tipstat.explorer = window.tipstat.explorer || {};
window.tipstat.explorer.words = (world, rules, read) => {
  "use strict";
  const { toCite, printed } = read;
  const MOST_WORDS = 20;
  const { ALL, CITED, say, listed, stateName, nameOf, idsIn, isMixed, citedBy, counted, points, partsOf } = rules;

  function headline(state) {
    const { name, isRate } = world.indicators[state.i];
    const kind = isRate ? "none" : state.m === "rate" ? "rate" : state.b;
    const what = kind === "none" ? name : say(`what_${kind}`, { indicator: name });
    if (!state.s.length) return what;
    const whole = `${what}${world.colon}${listed(state.s.map(stateName))}`;
    return whole.split(/\s+/).length > MOST_WORDS ? `${what}${world.colon}${say("count_states", { count: state.s.length })}` : whole;
  }

  // A day as the pages write it; a dictionary of all days would change the page with each release.
  function writtenOut(day) {
    const text = new Intl.DateTimeFormat(world.locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
    return day.endsWith("-01") ? text.replace(/\b1\b[^ ]*/, world.first) : text;
  }

  // The source of a series: one that has several kinds of year is one source.
  const sourceOf = (id) => id.split(".")[0];

  // The release of the source shown; the first and last of several. Where they were read is as in Python's sources.read_in.
  function released(id, items) {
    const days = items.filter((item) => sourceOf(item.id) === sourceOf(id)).flatMap(({ own }) => own.releases).sort();
    const [first, last] = [days[0], days.at(-1)].map(writtenOut);
    const { released: forms, readIn } = world.sources[id];
    const codes = days.map((day) => readIn[day] ?? "OWN");
    const read = ["COPY", "OWN"].find((code) => codes.includes(code)) ?? "REPEATED";
    const text = forms[read][first === last ? 0 : 1].replace("{first}", first).replace("{last}", last);
    return read !== "REPEATED" && codes.at(-1) === "REPEATED" ? say("provenance_newest_repeated", { released: text }) : text;
  }

  function subtitle(items) {
    const own = (id) => [world.sources[id].kind, world.sources[id].short, released(id, items)];
    const ids = idsIn(items);
    return (ids.length === 1 ? own(ids[0]) : ids.map((id) => world.sources[id].name)).join(" · ");
  }

  function source(items, state) {
    const ids = [...new Map(idsIn(items).map((id) => [sourceOf(id), id])).values()];
    const lines = ids.map((id) => world.sources[id].line.replace("{released}", released(id, items)));
    return [...lines, ...(state.m === "rate" && !world.indicators[state.i].isRate ? world.population : [])].join(" ");
  }

  // That the newest figures to cite of several states are of different years, if they are, with those of the newest year of all.
  function yearsApart(items, state) {
    const parts = partsOf(items, state);
    const upToCited = (own) => own.filter(([year]) => year <= toCite(own)[0]);
    const years = items.map((item) => parts.flatMap(([code]) => {
      const own = points(item, state, code);
      return own.length ? upToCited(own).map(([year]) => year) : [];
    }));
    const newest = years.map((own) => Math.max(...own));
    const [first, last] = [Math.min(...newest), Math.max(...newest)];
    if (items.length < 2 || first === last) return [];
    const warning = say("years_apart", { first, last });
    const year = Math.max(...years[0].filter((each) => years.every((own) => own.includes(each))));
    if (year < 0) return [warning, say("no_same_year")];
    if (state.b !== "none") return [warning];
    const figures = items.map((item) => {
      const point = points(item, state).find(([each]) => each === year);
      return [nameOf(item, state), printed(point)].join(" ");
    });
    return [warning, say("same_year", { year, figures: figures.join(", ") })];
  }

  // Of states whose series here is not the one to cite, or that have none here: the figure of that one.
  function citedElsewhere({ missing, known }, state, data) {
    if (!world.sources[state.f] || state.m !== "count" || state.b !== "none") return [];
    const areas = [...missing, ...known.filter(({ own }) => !own.cited).map(({ area }) => area)];
    return areas.filter((area) => citedBy(area, state, data)).map((area) => {
      const id = citedBy(area, state, data);
      const point = toCite(data[id][area].total.points);
      return say("cited_elsewhere", { state: stateName(area), figure: printed(point), year: point[0], source: world.sources[id].name });
    });
  }

  // What a reader of the figure must know, in a few short sentences.
  function note(shown, state, no, data) {
    const { spec, missing, drawn, known } = shown;
    const found = state.f === ALL || isMixed(known, state) ? [] : yearsApart(known, state);
    if (missing.length && known.length) found.push(say(state.f === CITED ? "missing_cited" : "missing", { states: listed(missing.map(stateName)) }));
    found.push(...citedElsewhere(shown, state, data));
    for (const own of isMixed(known, state) ? idsIn(known) : []) {
      found.push(`${world.sources[own].name}${world.colon}${listed(known.filter(({ id }) => id === own).map(({ area }) => stateName(area)))}.`);
    }
    const inTable = known.filter((item) => !drawn.includes(item));
    if (inTable.length) found.push(say("table_only", { sources: listed(inTable.map((item) => nameOf(item, state))) }));
    for (const item of known) {
      if (counted(item)) found.push(`${nameOf(item, state)}${world.colon}${counted(item)}.`);
    }
    for (const { area, own } of known) {
      const years = own.exceeds?.[state.b];
      if (years) found.push(say("exceeds", { state: stateName(area), years: years.join(", ") }));
    }
    if (!no && spec.panels.length > 1 && spec.scale === "own") found.push(say("own_scales"));
    if (!no && state.m === "rate" && !world.indicators[state.i].isRate) found.push(say("state_rates_calm"));
    if (state.i === "VIC_DETECT") found.push(say("footer"));
    else if (known.length > 1 && state.f !== ALL) found.push(say("own_law"));
    return found.join(" ");
  }

  return { headline, subtitle, source, note };
};
