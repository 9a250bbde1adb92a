// The chart of a question: joins the traces of the chosen series, which Python wrote, and places them in panels. It adds
// what only a browser knows: width, ticks, colours of the page, words in the reader's language. `world.chart` has the
// template and the looks; see pipelines/published/charts/explorer.py.
window.tipstat = window.tipstat || {};
window.tipstat.explorer = window.tipstat.explorer || {};
window.tipstat.explorer.plotly = new URL("plotly-basic.min.js", document.currentScript.src).href;
window.tipstat.explorer.chart = (world, points) => {
  "use strict";
  const { read, has, reservations, number, printed, toCite } = points;
  const { template, looks, layout: common, slots, palette } = world.chart;
  const NARROW = 560, LETTER = 7.6; // pixels
  const PLOT = { alone: 290, aloneNarrow: 262, oneRow: 262, row: 150 }; // heights in pixels
  const CONFIG = { displayModeBar: false, responsive: false, showTips: false };
  const [YEAR, VALUE] = [0, 1];
  let shown = null;

  // Plotly reads tags in its texts.
  const safe = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const axis = (name, at) => `${name}${at ? at + 1 : ""}`;

  // A text in lines of at most `most` letters, or of that length by another measure.
  function wrapped(text, most, lengthOf = (line) => line.length) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (lengthOf(longer) <= most || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  // ---- colours

  // The colours by name as the page has them now: its style sheet knows of a dark scheme.
  function coloursOfPage() {
    const style = getComputedStyle(document.documentElement);
    const named = Object.entries(palette).map(([name, colour]) => [name, style.getPropertyValue(name).trim() || colour]);
    return Object.fromEntries(named);
  }

  const coloured = (figure, colours) =>
    JSON.parse(JSON.stringify(figure), (_, value) => (typeof value === "string" ? colours[value] ?? value : value));

  // A line among others has the colour and the symbol of its place.
  function inSlot(trace, { color, symbol }) {
    const own = coloured(trace, { "--accent": color, "--earlier": color, "--warm": color });
    if (own.error_y) own.error_y.color = color;
    return own.mode?.includes("markers") ? { ...own, marker: { ...own.marker, symbol } } : own;
  }

  // ---- traces

  // The trace with a gap before each year of a break: breaks of other series of its panel cut it too.
  function cut(trace, breaks) {
    const places = trace.x.flatMap((year, at) => (at && trace.x[at - 1] !== null && breaks.some(([each]) => trace.x[at - 1] < each && each <= year) ? [at] : []));
    const open = (each) => (Array.isArray(each) ? each.flatMap((item, at) => (places.includes(at) ? [null, item] : [item])) : each);
    const opened = (part) => Object.fromEntries(Object.entries(part).map(([name, each]) => [name, open(each)]));
    if (!places.length || !trace.mode?.includes("lines")) return trace;
    return { ...opened(trace), ...(trace.error_y ? { error_y: opened(trace.error_y) } : {}) };
  }

  function hover(name, point) {
    const label = [name, point[YEAR]].filter(Boolean).join(", ");
    return `${safe(label)}: ${[`<b>${safe(printed(point))}</b>`, ...reservations(point).map(safe)].join(", ")}`;
  }

  // The words at suppressed figures, if there is room for any. Of those that would lie over each other, the last has its words.
  function wordsAt(points, pixels) {
    const texts = points.map((point) => printed(point));
    const isCovered = (point, at) =>
      points.some((later) => later[YEAR] > point[YEAR] && (later[YEAR] - point[YEAR]) * pixels < 6.5 * texts[at].length);
    return texts.map((text, at) => (pixels < 22 || isCovered(points[at], at) ? "" : safe(text)));
  }

  // Bars of suppressed figures: an open one reaches the end of the axis.
  const bars = (trace, points, { high, pixels, isSingle }) => ({
    y: trace.y.map((each, at) => each ?? high - trace.base[at]),
    textposition: trace.y.map((each) => (each === null ? "inside" : "outside")),
    text: isSingle ? wordsAt(points, pixels) : [],
  });

  // The traces of a panel, the first series, that to cite, on top.
  function traces({ name, series, breaks }, at, place) {
    const isSingle = series.length === 1;
    const drawn = series.map((each, which) => each.data.map((written) => {
      const trace = cut({ type: "scatter", ...looks[written.meta], ...written }, breaks);
      const points = read(trace);
      const own = trace.meta === "suppressed" ? bars(trace, points, { ...place, isSingle }) : {};
      const hovertext = points.map((point) => point && hover(each.name || name, point));
      const whole = { ...trace, ...own, hovertext, xaxis: axis("x", at), yaxis: axis("y", at) };
      return isSingle ? whole : inSlot(whole, slots[which]);
    }));
    return drawn.reverse().flat();
  }

  // ---- panels

  // As many as have room for their titles; four are two above two rather than three above one.
  function columnsOf(count, width) {
    if (width < NARROW) return Math.min(2, count);
    const most = Math.min(count > 4 ? 3 : 4, Math.floor(width / 210));
    return count > most && count === 4 ? 2 : Math.min(count, most);
  }

  // Columns, rows and the pixels of a panel; `between` is the room for the labels of an axis.
  function gridOf(count, width, between) {
    const columns = columnsOf(count, width);
    return { columns, rows: Math.ceil(count / columns), pixels: (width - between * (columns - 1)) / columns };
  }

  // A distance as Plotly's grid has it, in parts of a cell.
  const gap = (part, count) => (part * count) / (1 + part);

  function plotHeight(count, rows, width) {
    if (count === 1) return width < NARROW ? PLOT.aloneNarrow : PLOT.alone;
    return rows === 1 && width >= NARROW ? PLOT.oneRow : PLOT.row;
  }

  // A figure as a label has it: a rate with two digits, which its interval allows at most (as phrases.rate in Python).
  function labelOf(point, measure) {
    if (measure !== "rate" || point[VALUE] === null) return printed(point);
    return number(point[VALUE] < 10 ? Number(point[VALUE].toPrecision(2)) : Math.round(point[VALUE]));
  }

  // The name of each panel in lines and, of a single series, its last figure to cite; below the names if one has no room beside it.
  function titlesOf(panels, measure, pixels) {
    const letters = Math.floor(pixels / LETTER);
    const figures = panels.map(({ series }) => {
      const last = series.length === 1 && toCite(series[0].points);
      return last ? `${labelOf(last, measure)} ${world.texts.in_year.replace("{year}", last[YEAR])}` : "";
    });
    const isTall = panels.some(({ name }, at) => `${name}  ${figures[at]}`.length > letters);
    const names = panels.map(({ name }) => (isTall ? wrapped(name, letters) : [name]));
    const most = Math.max(...names.map((lines) => lines.length)) + (isTall ? 1 : 0);
    const texts = names.map((lines, at) => `<b>${lines.map(safe).join("<br>")}</b>${isTall ? "<br>" : "  "}<span>${safe(figures[at])}</span>`);
    return panels.length > 1 ? { texts, height: 8 + 18 * most } : { texts: [], height: 0 };
  }

  // ---- axes

  // Every year that there is room for, counted back from the newest.
  function ticks([first, last], pixels) {
    const step = Math.max(1, Math.ceil((last - first) / (pixels / 46)));
    const found = [];
    for (let year = last; year >= first; year -= step) found.unshift(year);
    return found;
  }

  const axesOf = (at, period, pixels, high) => ({
    [axis("xaxis", at)]: { range: [period[0] - 0.7, period[1] + 0.7], tickvals: ticks(period, pixels), tickformat: "d" },
    [axis("yaxis", at)]: { range: [0, high], tickformat: high < 3 ? ".2~f" : ",~f" },
  });

  // The room that the labels of a value axis need, in pixels.
  const labelRoom = (high) => Math.max(44, 10 + 7.2 * (high < 3 ? 4 : number(Math.floor(high)).length));

  // ---- breaks

  const rule = ([year], at) => ({
    ...world.chart.break, xref: axis("x", at), yref: `${axis("y", at)} domain`, x0: year - 0.5, x1: year - 0.5,
  });

  // The short reason of a break, inside the plot and on the side with more room.
  function reason([year, text], which, [first, last], pixels) {
    const isBefore = year - first > 0.6 * (last - first);
    const width = Math.max(12, Math.floor((pixels * (isBefore ? year - first : last - year)) / (last - first + 1.4) / 6.6));
    return {
      ...world.chart.reason, name: "reason", text: wrapped(text, Math.min(width, 32)).map(safe).join("<br>"), x: year - 0.5, y: 1 - 0.17 * which,
      xref: "x", yref: "y domain", xanchor: isBefore ? "right" : "left", xshift: isBefore ? -6 : 6, align: isBefore ? "right" : "left",
    };
  }

  // Labels of figures are for a panel with nothing else.
  const unlabelled = (panel) => ({
    ...panel, series: panel.series.map((each) => ({ ...each, data: each.data.filter(({ meta }) => !["last", "highest"].includes(meta)) })),
  });

  // The data and layout of a chart, its colours as names. `frame` has the height and margin of an image or an embedded page.
  function build(spec, width, frame = {}) {
    const isAlone = spec.panels.length === 1 && spec.panels[0].series.length === 1;
    const panels = isAlone ? spec.panels : spec.panels.map(unlabelled);
    const tops = panels.map(({ series }) => Math.max(...series.map(({ top }) => top)));
    const highs = spec.scale === "own" ? tops : tops.map(() => Math.max(...tops));
    const room = labelRoom(Math.max(...highs));
    const outside = { l: 4, r: isAlone ? 62 : 22, t: 14, b: 32, ...frame.margin };
    const plot = width - outside.l - room - outside.r;
    const { columns, rows, pixels } = gridOf(panels.length, plot, room + 4);
    const titles = titlesOf(panels, spec.measure, pixels);
    const margin = { ...outside, l: outside.l + room, t: outside.t + titles.height };
    const below = titles.height + 42;
    const natural = rows * plotHeight(panels.length, rows, width) + (rows - 1) * below;
    const inner = frame.height ? frame.height - margin.t - margin.b : natural;
    const years = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map((point) => point[YEAR])));
    const period = [Math.min(...years), Math.max(...years)];
    const perYear = pixels / (period[1] - period[0] + 1.4);
    const axes = panels.map((_, at) => axesOf(at, period, pixels, highs[at]));
    const names = titles.texts.map((text, at) => ({ ...world.chart.title, name: "panel", text, xref: `${axis("x", at)} domain`, yref: `${axis("y", at)} domain` }));
    const reasons = panels.length > 1 ? [] : panels[0].breaks.filter(([, text]) => text).map((each, which) => reason(each, which, period, pixels));
    return {
      data: panels.flatMap((panel, at) => traces(panel, at, { high: highs[at], pixels: perYear })),
      layout: {
        ...common, template, ...Object.assign({}, ...axes), width, height: inner + margin.t + margin.b, margin,
        grid: { ...common.grid, rows, columns, xgap: gap((room + 4) / plot, columns), ygap: gap(below / inner, rows) },
        shapes: panels.flatMap(({ breaks }, at) => breaks.map((each) => rule(each, at))),
        annotations: [...names, ...reasons], separators: `${world.decimal}${world.thousands}`,
      },
    };
  }

  // The marks that a chart has, by code.
  function marks({ panels }) {
    const data = panels.flatMap(({ series }) => series.flatMap((each) => each.data));
    const points = panels.flatMap(({ series }) => series.flatMap((each) => each.points));
    const used = {
      suppressed: data.some(({ meta }) => meta === "suppressed"), no_rate: data.some(({ meta }) => meta === "no_rate"),
      uncertain: points.some((point) => has(point, "U")), break: panels.some(({ breaks }) => breaks.length),
      interval: data.some((trace) => trace.error_y),
    };
    return Object.keys(used).filter((mark) => used[mark]);
  }

  // ---- on the page

  const loadPlotly = () => window.tipstat.load(window.tipstat.explorer.plotly);

  // What the texts leave of a frame on another site's page; 0 on a page of this site.
  function heightLeft(box) {
    if (!document.documentElement.classList.contains("embed")) return 0;
    return Math.floor(window.innerHeight - (document.querySelector("main").offsetHeight - box.offsetHeight));
  }

  // Draws a chart, unless another has been asked for before plotly.js is there.
  async function draw(box, spec) {
    shown = spec;
    await loadPlotly();
    if (spec !== shown) return;
    const width = Math.max(220, box.clientWidth);
    const natural = build(spec, width);
    const height = heightLeft(box);
    const { data, layout } = coloured(height > natural.layout.height ? build(spec, width, { height }) : natural, coloursOfPage());
    await Plotly.react(box, data, layout, CONFIG);
    box.dataset.width = box.clientWidth;
  }

  // Draws it again where its place has another width, and the page other colours.
  function keep(box) {
    const again = () => box.dataset.width && box.checkVisibility() && draw(box, shown);
    window.addEventListener("resize", () => Number(box.dataset.width) !== box.clientWidth && again());
    for (const query of ["print", "(prefers-color-scheme: dark)"]) window.matchMedia(query).addEventListener("change", again);
  }

  return { build, marks, coloured, draw, keep, loadPlotly, wrapped, safe };
};
