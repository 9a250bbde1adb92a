// The explorer: keeps controls, address and figure the same.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const { tipstat } = window;
  const figures = {};
  let world, read, rules, words, charts, files, say, listed, state, edition, turn = 0;

  const element = (id) => document.getElementById(`explorer-${id}`);
  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
  const tell = (text) => {
    element("status").textContent = text;
  };

  // Each file of series calls this with its indicator.
  tipstat.receive = (indicator, series) => {
    figures[indicator] = read.received(series);
  };

  // ---- controls

  function showControls() {
    element("i").value = state.i;
    const ids = rules.idsOf(state.i);
    const names = ids.map((id, at) => [id, at ? world.sources[id].name : say("cite", { source: world.sources[id].name })]);
    if (ids.length > 1) names.push([rules.CITED, say("way_cited")], [rules.ALL, say("all")]);
    element("f").replaceChildren(...names.map(([value, label]) => new Option(label, value)));
    element("f").value = state.f;
    element("b").value = state.b;
    for (const name of ["m", "v", "y"]) {
      for (const input of element(name).querySelectorAll("input")) input.checked = input.value === state[name];
    }
    element("m").disabled = world.indicators[state.i].isRate;
    element("s").replaceChildren(...state.s.map((code) => {
      const label = say("remove", { state: rules.stateName(code) });
      const button = make("button", { type: "button", className: "button", value: code, ariaLabel: label }, `${rules.stateName(code)} ×`);
      return make("li", {}, button);
    }));
  }

  // The state of a name or code; a part of a name is enough if only one state has it.
  function stateOf(text) {
    const wanted = plain(text);
    const isNamed = ([code, name, iso2]) => [code, name, iso2].some((each) => plain(each) === wanted);
    const alike = world.states.filter(([, name]) => wanted.length > 2 && plain(name).includes(wanted));
    return (world.states.find(isNamed) || (alike.length === 1 ? alike[0] : []))[0];
  }

  function add() {
    const text = element("add").value;
    if (!text.trim()) return;
    const code = stateOf(text);
    if (!code) {
      tell(say("unknown_state", { text }));
      return;
    }
    element("add").value = "";
    if (state.s.length >= rules.MOST_STATES) tell(say("six"));
    else ask({ s: rules.inOrder([...new Set([...state.s, code])]) });
  }

  async function remove(button) {
    const at = state.s.indexOf(button.value);
    await ask({ s: state.s.filter((code) => code !== button.value) });
    (element("s").querySelectorAll("button")[Math.min(at, state.s.length - 1)] || element("add")).focus();
  }

  function change({ target: { name, value } }) {
    // A source that lacks the new indicator gives way to one that has it.
    if (name === "i") ask({ i: value, f: rules.sourceFor(state.f, value) || "", b: "none" });
    else if (name === "m") ask({ m: value, y: "" });
    else if (name) ask({ [name]: value });
  }

  // ---- figure

  function ask(changes) {
    tell("");
    state = rules.settledUnit({ ...state, ...changes });
    return show();
  }

  function readAddress() {
    const found = rules.read(location.hash);
    state = found.state;
    tell(found.ignored.length ? say("ignored", { values: listed(found.ignored) }) : "");
    return show();
  }

  async function show() {
    const mine = ++turn;
    try {
      await tipstat.load(new URL(`../explorer/${state.i}.js`, here).href);
    } catch {
      tell(say("not_loaded"));
      return;
    }
    if (mine !== turn) return;
    state = rules.settledScale(rules.settledSource(state, figures[state.i]), figures[state.i]);
    showControls();
    keepAddress();
    showFigure();
  }

  function keepAddress() {
    history.replaceState(null, "", rules.address(state));
  }

  function showFigure() {
    const data = figures[state.i];
    const no = rules.refusal(state, data);
    // What is in a table only is shown whole, as counted.
    const asked = no?.isTable ? rules.settledUnit({ ...state, m: "count", b: "none" }) : state;
    const shown = rules.chart(asked, data);
    const title = words.headline(asked);
    const chart = {
      spec: no ? asPanels(shown) : shown.spec, title,
      subtitle: words.subtitle(shown.known), note: words.note(shown, asked, no, data), source: words.source(shown.known, asked),
      file: `tipstat_${state.i}_${state.s.join("-")}_${document.documentElement.lang}`,
    };
    element("headline").textContent = title;
    element("subtitle").textContent = chart.subtitle;
    element("note").textContent = chart.note;
    const back = make("a", { className: "back", href: location.href.replace("?embed", ""), target: "_blank", rel: "noopener" }, say("embed_back"));
    element("source").replaceChildren([chart.source, `${edition}. `].filter(Boolean).join(" "), back);
    showRefusal(no);
    showFuller(data, no);
    showChart(chart, no);
    showKey(shown.spec, no);
    showTable(shown.columns, title, no);
    showAbout(shown);
    offerFiles(shown, title, no);
  }

  // Figures that are in a table only, as the panels that a CSV file is made of.
  const asPanels = ({ spec, columns }) => ({
    ...spec, panels: columns.map(({ name, points }) => ({ name, series: [{ name: "", points }], breaks: [] })),
  });

  function showChart(chart, no) {
    const box = document.querySelector(".chart");
    tipstat.charts = { explorer: chart };
    box.hidden = Boolean(no);
    box.ariaLabel = `${chart.title}. ${say("in_words")}`;
    if (no) return delete box.dataset.width;
    return charts.draw(box, chart.spec);
  }

  function because({ because: items = [], isOfSeveral }) {
    const byReasons = new Map();
    for (const item of items) {
      const why = isOfSeveral ? world.sources[item.id].name : rules.counted(item) || item.own.reasons.map((code) => lower(world.reasons[code])).join(", ");
      byReasons.set(why, [...(byReasons.get(why) || []), rules.nameOf(item, state)]);
    }
    return [...byReasons].map(([why, names]) => `${listed(names)}${world.colon}${why}.`).join(" ");
  }

  const wayOut = ({ code, values, to }) => {
    const label = say(`way_${code}`, { ...values, states: listed(values.states || []) });
    return make("button", { type: "button", className: "button", onclick: () => go(to) }, label);
  };

  // The source that has more of the chosen states, if one has.
  function showFuller(data, no) {
    const box = element("fuller");
    const way = no ? null : rules.fuller(state, data);
    box.hidden = !way;
    box.replaceChildren(...(way ? [say(way.why, { states: listed(way.values.states || []) }), " ", wayOut(way)] : []));
  }

  function showRefusal(no) {
    const box = element("refusal");
    box.hidden = !no;
    if (!no) return box.replaceChildren();
    const ids = world.sources[state.f] ? [state.f] : rules.idsOf(state.i);
    const names = { source: listed(ids.map((id) => world.sources[id].name)), states: listed(state.s.map(rules.stateName)) };
    const why = [because(no), say(`reason_${no.code}`, names)].filter(Boolean).join(" ");
    return box.replaceChildren(make("b", {}, say(`refused_${no.code}`)), make("p", {}, capital(why)), make("p", { className: "ways" }, ...no.ways.map(wayOut)));
  }

  async function go(to) {
    await ask(to);
    element("headline").tabIndex = -1;
    element("headline").focus();
  }

  function showKey(spec, no) {
    const all = spec.panels.flatMap(({ series }) => series.map(({ points }) => points));
    const used = no ? [] : charts.marks(spec);
    if (!no && all.some((points) => points.length && points.length < points.at(-1)[0] - points[0][0] + 1)) used.push("gap");
    const names = no || !spec.panels.length ? [] : spec.panels[0].series.map(({ name }) => name).filter(Boolean);
    document.querySelectorAll(".key [data-mark]").forEach((item) => {
      item.hidden = !used.includes(item.dataset.mark);
    });
    document.querySelectorAll(".key [data-line]").forEach((item) => {
      item.hidden = !names[item.dataset.line];
      item.querySelector("span").textContent = names[item.dataset.line] || "";
    });
    if (!used.includes("suppressed")) return;
    const hidden = all.flat().filter((point) => (point[2] || "").includes("S"));
    const [, , , lower, upper] = hidden[0];
    const isOne = upper !== undefined && hidden.every((point) => point[3] === lower && point[4] === upper);
    const text = isOne ? "key_suppressed" : "key_suppressed_within";
    document.querySelector("[data-mark=suppressed] span").textContent = say(text, { printed: read.printed([0, null, "S", lower, upper]), lower, upper });
  }

  function showTable(columns, title, no) {
    const fold = element("as-table");
    fold.hidden = !columns.length || Boolean(no && !no.isTable);
    fold.open = Boolean(no?.isTable) || (fold.open && !no);
    element("caption").textContent = title;
    const head = (text, scope) => make("th", { scope }, text);
    const years = [...new Set(columns.flatMap(({ points }) => points.map(([year]) => year)))].sort();
    fold.querySelector("thead").replaceChildren(make("tr", {}, head(say("year"), "col"), ...columns.map(({ name }) => head(name, "col"))));
    fold.querySelector("tbody").replaceChildren(...years.map((year) => make("tr", {}, head(year, "row"), ...columns.map((column) => cell(column, year)))));
  }

  function cell({ points, breaks }, year) {
    const at = points.findIndex(([each]) => each === year);
    const point = points[at];
    if (!point) return make("td", { className: "missing" }, say("no_figure"));
    const remarks = read.remarks(points, at, breaks);
    const isHidden = point[1] === null;
    return make("td", { className: isHidden ? "suppressed" : "" }, read.printed(point), ...remarks.map((text) => make("small", {}, ` ${text}`)));
  }

  function showAbout({ known }) {
    const broken = known.flatMap((item) => rules.breaks(item, state).map(([year, text]) => `${rules.nameOf(item, state)}, ${year}${world.colon}${text}.`));
    const lines = [world.indicators[state.i].definition, say("own_law"), ...broken].filter(Boolean);
    element("about").replaceChildren(...lines.map((text) => make("p", { className: "calm" }, text)));
  }

  function offerFiles({ known }, title, no) {
    const isOffered = { csv: known.length && known.every(({ id }) => world.sources[id].csv) && (!no || no.isTable), png: !no, svg: !no };
    document.querySelectorAll("[data-file]").forEach((button) => {
      button.hidden = !isOffered[button.dataset.file];
    });
    const page = location.href.split(/[?#]/)[0];
    const quoted = title.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
    element("link").dataset.copy = page + rules.address(state);
    element("embed").hidden = Boolean(no);
    element("embed").dataset.copy = `<iframe src="${page}?embed${rules.address(state).replace(/&/g, "&amp;")}" title="${quoted}" ${world.embedSize}></iframe>`;
  }

  // ---- start

  function start() {
    world = JSON.parse(document.getElementById("explorer").textContent);
    edition = tipstat.editions[document.documentElement.lang];
    read = tipstat.explorer.points(world);
    rules = tipstat.explorer.rules(world);
    words = tipstat.explorer.words(world, rules, read);
    charts = tipstat.explorer.chart(world, read);
    files = tipstat.explorer.files(world, read, charts);
    // What `tipstat image` asks a page for.
    Object.assign(tipstat, { charts: {}, image: files.image });
    ({ say, listed } = rules);
    const controls = document.querySelector(".controls");
    const narrow = window.matchMedia("(max-width: 900px)");
    const fold = () => {
      controls.open = !narrow.matches;
    };
    if (new URLSearchParams(location.search).has("embed")) document.documentElement.classList.add("embed");
    const form = controls.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      add();
    });
    form.addEventListener("change", change);
    // Choosing a whole name from the list adds it at once.
    element("add").addEventListener("change", () => world.states.some(([, name]) => name === element("add").value) && add());
    element("s").addEventListener("click", ({ target }) => target.value && remove(target));
    document.querySelector("figure .actions").addEventListener("click", ({ target }) => {
      if (target.dataset.file) files.saveAs(tipstat.charts.explorer, target.dataset.file, document.querySelector("figure .actions [role=status]"));
    });
    narrow.addEventListener("change", fold);
    charts.keep(document.querySelector(".chart"));
    fold();
    window.addEventListener("hashchange", () => location.hash.includes("=") && readAddress());
    readAddress();
  }

  start();
})();
