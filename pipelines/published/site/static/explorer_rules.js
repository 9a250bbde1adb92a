// The rules of the explorer: what an address asks for, what does not compare and why, and which figures
// a question shows. `world` has the names in the page's language, `data` the series of one indicator.
window.tipstat = window.tipstat || {};
window.tipstat.explorer = window.tipstat.explorer || {};
window.tipstat.explorer.rules = (world) => {
  "use strict";
  const MOST_STATES = 6, MOST_LINES = 4;
  const ALL = "all", CITED = "cited"; // every source of one state; of each state the one that it cites
  const NOT_BETWEEN_STATES = "3", NEVER = "4"; // codes of the list `comparability`
  const DEFAULT = { i: "VIC_DETECT" in world.indicators ? "VIC_DETECT" : Object.keys(world.indicators)[0], f: "", m: "count", s: [], b: "none", v: "multi", y: "" };
  const CHOICES = { m: ["count", "rate"], b: ["none", "sex", "age", "form"], v: ["multi", "over"], y: ["own", "shared"] };
  const NOTHING = { top: 0, data: [], points: [] };
  const places = new Map(world.states.map(([code], at) => [code, at]));
  const stateNames = new Map(world.states);

  const stateName = (code) => stateNames.get(code);
  const say = (code, parts = {}) => world.texts[code].replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
  const listed = (names) => new Intl.ListFormat(world.locale).format(names);
  const idsOf = (indicator) => world.indicators[indicator].sources;
  const inOrder = (codes) => [...codes].sort((one, other) => places.get(one) - places.get(other));

  // The id of a source for an indicator; one that has another kind of year only is found by its source.
  function sourceFor(wanted, indicator) {
    const ids = idsOf(indicator);
    if ([ALL, CITED].includes(wanted)) return ids.length > 1 ? wanted : undefined;
    return ids.find((id) => id === wanted) || ids.find((id) => id.startsWith(`${wanted}.`));
  }

  // What an address asks for, and the values in it that nothing is known of. Every part is optional.
  function read(hash) {
    const given = new URLSearchParams(hash.slice(1));
    const ignored = [];
    const pick = (name, find) => {
      if (!given.has(name)) return undefined;
      const value = given.get(name);
      const found = find(value);
      if (found === undefined) ignored.push(value);
      return found;
    };
    const state = { ...DEFAULT };
    state.i = pick("i", (code) => (Object.hasOwn(world.indicators, code) ? code : undefined)) || DEFAULT.i;
    state.f = pick("f", (id) => sourceFor(id, state.i)) || "";
    for (const name of Object.keys(CHOICES)) {
      state[name] = pick(name, (value) => CHOICES[name].find((each) => each === value)) || DEFAULT[name];
    }
    state.s = inOrder(world.indicators[state.i].states);
    if (given.has("s")) {
      const codes = [...new Set(given.get("s").toUpperCase().split(",").filter(Boolean))];
      const known = codes.filter((code) => places.has(code));
      ignored.push(...codes.filter((code) => !places.has(code)), ...known.slice(MOST_STATES).map((code) => stateName(code)));
      state.s = inOrder(known.slice(0, MOST_STATES));
    }
    return { state: settledUnit(state), ignored };
  }

  // An indicator that is a rate has no counts.
  const settledUnit = (state) => (world.indicators[state.i].isRate ? { ...state, m: "rate" } : state);

  const address = (state) => `#${Object.entries(state).map(([name, value]) => `${name}=${value}`).join("&")}`;

  const citedBy = (area, state, data) => idsOf(state.i).find((id) => data[id]?.[area]?.cited);

  // The series that a question is about: of the chosen states, or of all sources of the first.
  function chosen(state, data) {
    const idOf = (area) => (state.f === CITED ? citedBy(area, state, data) : state.f);
    const pairs = state.f === ALL ? idsOf(state.i).map((id) => [id, state.s[0]]) : state.s.map((area) => [idOf(area), area]);
    return pairs.map(([id, area]) => ({ id, area, own: data[id]?.[area] })).filter(({ own }) => own);
  }

  // A series as it is drawn, with its points; without any where it has none of what is asked.
  function drawing({ own }, state, part) {
    if (state.m === "rate") return (world.indicators[state.i].isRate ? own.total : own.rate) || NOTHING;
    return (part ? own.parts?.[state.b]?.[part] : own.total) || NOTHING;
  }

  const points = (item, state, part) => drawing(item, state, part).points;

  // The parts that any of the series has, by code and name.
  function partsOf(items, state) {
    return state.b === "none" ? [["", ""]] : world.parts[state.b].filter(([code]) => items.some((item) => points(item, state, code).length));
  }

  // What a series counts where that is not what the indicator says.
  const counted = ({ own }) => world.texts[`break_counts_${own.counts}`];
  const hasPoints = (item, state, parts) => parts.some(([code]) => points(item, state, code).length);
  const idsIn = (items) => [...new Set(items.map(({ id }) => id))];
  // Different series of different states never compare in level, whatever each is good for.
  const isMixed = (items, state) => state.f === CITED && idsIn(items).length > 1;
  const nameOf = ({ id, area }, state) => (state.f === ALL ? world.sources[id].name : stateName(area));
  const reason = (code) => world.texts[`break_short_${code}`] || world.texts.break_short_;

  function breaks(item, state) {
    return item.own.breaks.map(([year, code]) => [year, reason(code)]);
  }

  // The panels of a question, and the columns of its table.
  function chart(state, data) {
    const all = chosen(state, data);
    const parts = partsOf(all, state);
    const known = all.filter((item) => hasPoints(item, state, parts));
    const drawn = state.f === ALL ? known.filter(({ own }) => own.level !== NEVER) : known;
    const columns = known.flatMap((item) => parts.map(([code, name]) => ({
      name: [nameOf(item, state), name].filter(Boolean).join(", "), points: points(item, state, code), breaks: breaks(item, state),
    })));
    const panels = state.v === "over" ? together(drawn, parts, state) : beside(drawn, parts, state);
    const kept = (panel) => {
      const first = Math.min(...panel.series.flatMap((each) => each.points.map(([year]) => year)));
      return { ...panel, breaks: panel.breaks.filter(([year]) => year > first) };
    };
    return {
      spec: { measure: state.m, scale: state.y, panels: panels.slice(0, MOST_STATES).map(kept) },
      columns, drawn, known,
      missing: state.f === ALL ? [] : state.s.filter((area) => !known.some((item) => item.area === area)),
    };
  }

  // All lines in one panel. A break of one state cuts them all, since no line may cross a break.
  function together(items, parts, state) {
    const several = items.length > 1;
    const series = items.flatMap((item) => parts.map(([code, name]) => ({
      name: name || (several ? nameOf(item, state) : ""), ...drawing(item, state, code),
    })));
    const labels = items.flatMap((item) => breaks(item, state).map(([year, text]) => [year, several ? `${nameOf(item, state)}: ${text}` : text]));
    return series.length ? [{ name: "", series, breaks: labels }] : [];
  }

  // A panel per state or source; with a breakdown of one, a panel per part.
  function beside(items, parts, state) {
    const several = items.length > 1;
    if (!several && state.b !== "none") {
      return items.flatMap((item) => parts.map(([code, name]) => ({ name, series: [{ name: "", ...drawing(item, state, code) }], breaks: breaks(item, state) })));
    }
    return items.map((item) => ({
      name: several ? nameOf(item, state) : "",
      series: parts.map(([code, name]) => ({ name, ...drawing(item, state, code) })), breaks: breaks(item, state),
    }));
  }

  // Why a question has no chart, and the changes that would lead to one; null if it has a chart.
  function against(state, data) {
    const all = chosen(state, data);
    const way = (code, change, values = {}) => ({ code, change, values });
    const toSource = (id) => way("source", { f: id }, { source: world.sources[id].name });
    const only = (areas, more) => way("states", { s: areas, ...more }, { states: areas.map((area) => stateName(area)) });
    const no = (code, ways, more = {}) => ({ code, ways, ...more });
    const cited = idsOf(state.i)[0];
    const usual = only(inOrder(world.indicators[state.i].states), { f: cited });
    const level = (which) => all.filter(({ own }) => own.level === which);
    const isOfSeveral = isMixed(all, state);
    const apart = all.filter((item) => isOfSeveral || item.own.level === NOT_BETWEEN_STATES || counted(item));
    const isCompared = state.s.length > 1 && all.length > 1;
    const parts = partsOf(all, state);
    const known = all.filter((item) => hasPoints(item, state, parts));
    const drawn = state.f === ALL ? known.filter(({ own }) => own.level !== NEVER) : known;

    if (!state.s.length) return no("no_state", [usual]);
    if (state.f === ALL && state.s.length > 1) return no("several_sources", [toSource(cited), only([state.s[0]])]);
    if (!all.length) {
      const others = idsOf(state.i).filter((id) => state.s.some((area) => data[id]?.[area]));
      return no("no_figure", others.flatMap((id) => [toSource(id), { ...toSource(id), code: "table" }]).concat(usual));
    }
    if (state.f !== ALL && level(NEVER).length) {
      const others = all.filter(({ own }) => own.level !== NEVER).map(({ area }) => area);
      return no("level_4", [toSource(cited), ...(others.length ? [only(others)] : [])], { because: level(NEVER), isTable: true });
    }
    if (state.b !== "none" && state.m === "rate") {
      return no(state.b === "form" ? "rate_by_form" : "rate_by_part", [way("count", { m: "count" }), way("whole", { b: "none" })]);
    }
    if (!parts.length) return no("no_parts", [way("whole", { b: "none" })]);
    if (!known.length) return no("no_rate", [way("count", { m: "count" })]);
    if (!drawn.length) return no("level_4", [], { because: level(NEVER), isTable: true });
    if (isCompared && apart.length) {
      if (state.v === "over") return no("level_3_axis", [way("multi_own", { v: "multi", y: "own" })], { because: apart, isOfSeveral });
      if (state.y === "shared") return no("level_3_scale", [way("own", { y: "own" })], { because: apart, isOfSeveral });
    }
    if (state.v === "over" && state.b !== "none" && drawn.length > 1) {
      return no("parts_one_panel", [way("multi", { v: "multi" }), way("whole", { b: "none" })]);
    }
    const lines = state.v === "over" ? drawn.length * parts.length : drawn.length > 1 ? parts.length : 1;
    if (lines > MOST_LINES) return no("lines", [way("multi", { v: "multi" }), way("whole", { b: "none" }), only(state.s.slice(0, state.b === "none" ? MOST_LINES : 1))]);
    return null;
  }

  // The question with a chart that a change leads to, if need be with another layout, scale or measure.
  function settled(state, data, depth = 3) {
    const no = against(state, data);
    if (!no) return state;
    const next = no.ways.filter(({ change }) => depth && !change.s && !change.f);
    return next.map(({ change }) => settled({ ...state, ...change }, data, depth - 1)).find(Boolean);
  }

  // The scale where the reader chose none: rates are there to be compared, if they may be; counts of a
  // small state would vanish on the scale of a large one.
  function settledScale(state, data) {
    if (state.y) return state;
    const shared = { ...state, y: "shared" };
    return state.m === "rate" && against(shared, data)?.code !== "level_3_scale" ? shared : { ...state, y: "own" };
  }

  // For how many of the chosen states a source has figures that may be drawn together.
  function covered(id, state, data) {
    const worst = state.s.length > 1 ? NOT_BETWEEN_STATES : NEVER;
    return state.s.filter((area) => data[id]?.[area] && data[id][area].level < worst).length;
  }

  // The source that covers the most of the chosen states; of several, the one that most of them cite, else that most states cite.
  function fullest(state, data) {
    const cited = (id) => state.s.filter((area) => data[id]?.[area]?.cited).length;
    const score = (id) => covered(id, state, data) + cited(id) / 100;
    return idsOf(state.i).reduce((best, id) => (score(id) > score(best) ? id : best));
  }

  // The source where the reader chose none.
  const settledSource = (state, data) => (state.f ? state : { ...state, f: fullest(state, data) });

  // The way to a source that has more of the chosen states than the one shown, else to what each state cites if that
  // is of another series with newer years; null without either.
  function fuller(state, data) {
    if (!world.sources[state.f]) return null;
    const id = fullest(state, data);
    const to = covered(id, state, data) > covered(state.f, state, data) && settled({ ...state, f: id }, data);
    if (to) return { why: "fuller", code: "source", values: { source: world.sources[id].name }, to };
    const last = (of, area) => data[of]?.[area]?.total.points.at(-1)[0];
    const newer = state.s.filter((area) => last(citedBy(area, state, data), area) > (last(state.f, area) ?? 0));
    const cited = { ...state, f: CITED };
    const toCited = newer.length && (settled(cited, data) || (against(cited, data).isTable && cited));
    return toCited ? { why: "newer_elsewhere", code: "cited", values: { states: newer.map(stateName) }, to: toCited } : null;
  }

  // Where a way out leads: to a chart, or for a way to a table to that table.
  function destination(way, state, data) {
    const to = { ...state, ...way.change };
    return way.code === "table" ? against(to, data)?.isTable && to : settled(to, data);
  }

  // The reason against a question with the ways out, two at most.
  function refusal(state, data) {
    const no = against(state, data);
    if (!no) return null;
    const found = new Map();
    for (const way of no.ways) {
      const to = destination(way, state, data);
      if (to && !found.has(address(to))) found.set(address(to), { ...way, to });
    }
    return { ...no, ways: [...found.values()].slice(0, 2) };
  }

  return {
    ALL, CITED, say, listed, stateName, nameOf, idsOf, idsIn, inOrder, isMixed, sourceFor, settledUnit, settledSource, settledScale,
    citedBy, fuller, counted, points, partsOf, read, address, chart, breaks, refusal, MOST_STATES,
  };
};
