// Builds every chart of the site: from a specification (see pipelines/published/charts/spec.py) to the
// data and layout that Plotly draws. Page, phone, paper, embedded page and image use this one builder.
window.tipstat = window.tipstat || {};
(() => {
  "use strict";
  const { arranged, wrapped, has, isUncertain, isExact, reservations, number, printed, runs, toCite } = window.tipstat;
  const INK = "#17212b", GREY = "#55606c", GRID = "#e4e8ec", AXIS = "#8c97a2", PAPER = "#fff";
  const RUST = "#a64b00", PALE_RUST = "#fbeee2", EARLIER = "#7b93aa";
  const LOOKS = [
    { color: "#0f4c81", symbol: "circle" },
    { color: "#c2570c", symbol: "square" },
    { color: "#2a7f76", symbol: "triangle-up" },
    { color: "#8a4f9e", symbol: "diamond" },
  ];
  const FONT = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const LEAST_TOP = { count: 18, rate: 0 }; // so that a suppressed mark of 4 is never tall
  const [YEAR, VALUE, FLAGS, LOWER, UPPER] = [0, 1, 2, 3, 4];

  // Plotly reads tags in its texts.
  const safe = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const axis = (name, at) => `${name}${at ? at + 1 : ""}`;

  const pointsOf = (panels) => panels.flatMap((panel) => panel.series.flatMap((each) => each.points));
  const height = (point) => Math.max(point[VALUE] ?? 0, has(point, "X") ? 0 : point[UPPER] ?? point[LOWER] ?? 0);

  // The end of the scale. The interval of a rate, which is wide, is cut at twice the highest rate: it must not flatten the line.
  function top(panels, measure) {
    const points = pointsOf(panels);
    const highest = Math.max(0, ...points.map((point) => point[VALUE] ?? 0));
    const most = measure === "rate" && highest ? 2 * highest : Infinity;
    const greatest = Math.min(most, Math.max(0, ...points.map(height)));
    return 1.13 * Math.max(greatest || 1, LEAST_TOP[measure]);
  }

  // A figure as a label has it: a rate with two digits, which its interval allows at most (as phrases.rate in Python).
  function labelOf(point, measure, language) {
    const [, value] = point;
    if (measure !== "rate" || value === null) return printed(point, language);
    return number(value < 10 ? Number(value.toPrecision(2)) : Math.round(value), language);
  }

  // The room that the labels of a value axis need, in pixels.
  function labelRoom(high, language, scale) {
    const letters = high < 3 ? 4 : number(Math.floor(high), language).length;
    return Math.max(44, 10 + scale * 7.2 * letters);
  }

  // The name of a panel and, of a single series, its last figure to cite.
  const titleOf = ({ name, series }, measure, language) => {
    const last = series.length === 1 ? toCite(series[0].points) : null;
    return [name, last ? `${labelOf(last, measure, language)} ${language.texts.in_year.replace("{year}", last[YEAR])}` : ""];
  };

  function years(points) {
    const all = points.map((point) => point[YEAR]);
    return all.length ? [Math.min(...all), Math.max(...all)] : [2020, 2021];
  }

  // Every year that there is room for, counted back from the newest.
  function ticks([first, last], pixels) {
    const step = Math.max(1, Math.ceil((last - first) / (pixels / 46)));
    const found = [];
    for (let year = last; year >= first; year -= step) found.unshift(year);
    return found;
  }

  function axes(at, place, period, high, scale, language) {
    const shown = ticks(period, place.pixels);
    return {
      [axis("xaxis", at)]: {
        domain: place.x, anchor: axis("y", at), range: [period[0] - 0.7, period[1] + 0.7], fixedrange: true,
        tickvals: shown, ticktext: shown.map(String), showgrid: false, zeroline: false,
        ticks: "outside", ticklen: 4, tickcolor: AXIS, tickfont: { size: scale * 13 },
      },
      [axis("yaxis", at)]: {
        domain: place.y, anchor: axis("x", at), range: [0, high], fixedrange: true, nticks: 5,
        tickformat: high < 3 ? ".2~f" : ",~f", gridcolor: GRID, zeroline: true, zerolinecolor: AXIS,
        tickfont: { size: scale * 13 },
      },
    };
  }

  function hover(name, point, language) {
    const label = [name, point[YEAR]].filter(Boolean).join(", ");
    const figure = [`<b>${safe(printed(point, language))}</b>`, ...reservations(point, language).map(safe)];
    return `${safe(label)}: ${figure.join(", ")}`;
  }

  // The interval of each rate, a thin line that ends with the axis.
  function intervals(run, look, high) {
    if (!run.some((point) => point.length > UPPER)) return {};
    return { error_y: {
      type: "data", symmetric: false, color: `${look.color}77`, thickness: 1.5, width: 0,
      array: run.map((point) => Math.max(0, Math.min(point[UPPER] ?? 0, high) - point[VALUE])),
      arrayminus: run.map((point) => point[VALUE] - (point[LOWER] ?? point[VALUE])),
    } };
  }

  // The marks of a run: hollow for an uncertain figure.
  function markers(run, look, at, labels, high) {
    const fill = run.map((point) => (isUncertain(point) ? PAPER : look.color));
    return {
      type: "scatter", mode: "markers", meta: "observed", showlegend: false, cliponaxis: false,
      x: run.map((point) => point[YEAR]), y: run.map((point) => point[VALUE]),
      xaxis: axis("x", at), yaxis: axis("y", at), hoverinfo: "text", hovertext: labels,
      marker: { color: fill, size: 8, symbol: look.symbol, line: { color: look.color, width: 2 } }, ...intervals(run, look, high),
    };
  }

  // The lines of a run, under its marks: dashed from and to an uncertain figure, and only there.
  function lines(run, look, at) {
    const pieces = [];
    for (let to = 1; to < run.length; to += 1) {
      const isDashed = isUncertain(run[to - 1]) || isUncertain(run[to]);
      if (pieces.at(-1)?.isDashed === isDashed) pieces.at(-1).points.push(run[to]);
      else pieces.push({ isDashed, points: [run[to - 1], run[to]] });
    }
    return pieces.map(({ isDashed, points }) => ({
      type: "scatter", mode: "lines", meta: "line", showlegend: false, hoverinfo: "skip",
      x: points.map((point) => point[YEAR]), y: points.map((point) => point[VALUE]),
      xaxis: axis("x", at), yaxis: axis("y", at), line: { color: look.color, width: 2.4, dash: isDashed ? "dash" : "solid" },
    }));
  }

  function bars(run, look, at, labels) {
    return {
      type: "bar", meta: "observed", showlegend: false, cliponaxis: false, width: 0.66,
      x: run.map((point) => point[YEAR]), y: run.map((point) => point[VALUE]),
      xaxis: axis("x", at), yaxis: axis("y", at), hoverinfo: "text", hovertext: labels,
      marker: { color: run.map((point) => (isUncertain(point) ? PAPER : look.color)), line: { color: look.color, width: 1.5 } },
    };
  }

  // The interval of a suppressed figure, in units of the axis: never taller than what it stands for. An open one reaches the end of the axis.
  function suppressed(points, look, at, labels, high) {
    return {
      type: "bar", meta: "suppressed", showlegend: false, width: 0.5, cliponaxis: false,
      x: points.map((point) => point[YEAR]), base: points.map((point) => point[LOWER] || 0),
      y: points.map((point) => (point[UPPER] ?? high) - (point[LOWER] || 0)),
      xaxis: axis("x", at), yaxis: axis("y", at), hoverinfo: "text", hovertext: labels,
      marker: { color: PALE_RUST, line: { color: look.color, width: 1.5 }, opacity: points.map((point) => (isUncertain(point) ? 0.45 : 1)) },
    };
  }

  function traces(series, spec, panel, at, look, language, high) {
    const labels = (points) => points.map((point) => hover(series.name || panel.name, point, language));
    const lastBreak = Math.max(0, ...panel.breaks.map(([year]) => year));
    const isSingle = panel.series.length === 1;
    const found = [];
    for (const run of runs(series.points, panel.breaks)) {
      const isEarlier = isSingle && run.at(-1)[YEAR] < lastBreak;
      const own = isEarlier ? { ...look, color: EARLIER } : look;
      if (spec.kind === "line") found.push(...lines(run, own, at), markers(run, own, at, labels(run), high));
      else {
        found.push(bars(run, own, at, labels(run)));
        const none = run.filter((point) => point[VALUE] === 0); // a reported zero is a mark on the zero line
        if (none.length) found.push(markers(none, own, at, labels(none), high));
      }
    }
    const hidden = series.points.filter((point) => has(point, "S"));
    const outline = isSingle ? { color: RUST } : look;
    if (hidden.length) found.push(suppressed(hidden, outline, at, labels(hidden), high));
    return found;
  }

  const note = (text, at, more) => ({
    text, showarrow: false, xref: axis("x", at), yref: axis("y", at), font: { size: 13, color: GREY }, ...more,
  });

  // The words of a break lie on the side with more room; a label there would lie under them.
  const isLate = (year, [first, last]) => year - first > 0.6 * (last - first);
  const isUnderReason = (point, breaks, period) =>
    breaks.some(([year]) => (isLate(year, period) ? point[YEAR] < year : point[YEAR] >= year));

  // Where the figure to cite stands: beside the last point, else above or, where the line goes up, below.
  function placeOfLabel(known, last, spec, high, scale) {
    const next = known.find((point) => point[YEAR] > last[YEAR]);
    if (spec.kind === "line" && !next) return { xanchor: "left", xshift: scale * 9 };
    const isBelow = spec.kind === "line" && next[VALUE] > last[VALUE] && last[VALUE] > 0.12 * high;
    return isBelow ? { yanchor: "top", yshift: scale * -7 } : { yanchor: "bottom", yshift: scale * 7 };
  }

  // The last figure to cite in bold, and the highest of the others.
  function labelsOfOnePanel(panel, spec, period, high, language, scale) {
    const known = panel.series[0].points.filter(isExact);
    if (panel.series.length > 1 || !known.length) return [];
    const last = toCite(known);
    const above = { yanchor: "bottom", yshift: scale * 7 };
    const ground = spec.measure === "rate" ? { bgcolor: `${PAPER}d` } : {}; // over the line of an interval
    const found = [note(`<b>${labelOf(last, spec.measure, language)}</b>`, 0, {
      name: "last", x: last[YEAR], y: last[VALUE], ...placeOfLabel(known, last, spec, high, scale), ...ground, font: { size: scale * 16, color: LOOKS[0].color },
    })];
    const highest = known.filter((point) => point !== last).reduce((best, point) => (best && best[VALUE] >= point[VALUE] ? best : point), null);
    if (spec.kind === "line" && highest && highest[VALUE] > 1.02 * last[VALUE] && !isUnderReason(highest, panel.breaks, period)) {
      found.push(note(labelOf(highest, spec.measure, language), 0, { name: "highest", x: highest[YEAR], y: highest[VALUE], ...above, ...ground, font: { size: scale * 13, color: INK } }));
    }
    return found;
  }

  function title(panel, measure, place, language, scale) {
    const [, figure] = titleOf(panel, measure, language);
    return {
      name: "panel", text: `<b>${place.names.map(safe).join("<br>")}</b>${place.isTall ? "<br>" : "  "}<span>${safe(figure)}</span>`, showarrow: false, xref: "paper", yref: "paper",
      x: place.x[0], y: place.y[1], xanchor: "left", yanchor: "bottom", yshift: scale * 5, align: "left", font: { size: scale * 14, color: INK },
    };
  }

  // Marks without height, and the words beside suppressed ones where a panel has room.
  function marks(panel, spec, at, place, period, scale) {
    const found = [];
    const room = place.pixels / (period[1] - period[0] + 1.4);
    for (const { points } of panel.series) {
      for (const point of points.filter((each) => has(each, "X"))) {
        found.push(note("×", at, { name: "no_rate", x: point[YEAR], y: 0, yanchor: "bottom", font: { size: scale * 14, color: GREY } }));
      }
      if (panel.series.length > 1 || room < scale * 22) continue;
      const hidden = points.filter((each) => has(each, "S"));
      for (const point of hidden) {
        const text = safe(printed(point, {}));
        // Of intervals that would lie over each other, the last has its words.
        if (hidden.some((later) => later[YEAR] > point[YEAR] && (later[YEAR] - point[YEAR]) * room < scale * 6.5 * text.length)) continue;
        found.push(note(text, at, { name: "suppressed", x: point[YEAR], y: point[UPPER] ?? point[LOWER], yanchor: "bottom", font: { size: scale * 12, color: RUST } }));
      }
    }
    return found;
  }

  function rule([year], at) {
    return {
      name: "break", type: "line", xref: axis("x", at), yref: `${axis("y", at)} domain`, x0: year - 0.5, x1: year - 0.5, y0: 0, y1: 1,
      line: { color: RUST, width: 1.5, dash: "dot" },
    };
  }

  // The short reason of a break, inside the plot and on the side with more room.
  function reason([year, text], period, count, place, scale) {
    if (!text) return [];
    const [first, last] = period;
    const isBefore = isLate(year, period);
    const width = Math.max(12, Math.floor((place.pixels * (isBefore ? year - first : last - year)) / (last - first + 1.4) / (scale * 6.6)));
    return [note(wrapped(text, Math.min(width, 32)).map(safe).join("<br>"), 0, {
      name: "reason", x: year - 0.5, y: 1 - 0.17 * count, yref: "y domain", xanchor: isBefore ? "right" : "left", yanchor: "top",
      xshift: isBefore ? -6 : 6, align: isBefore ? "right" : "left", font: { size: scale * 13, color: RUST },
    })];
  }

  // The data and layout of a chart. `frame` has the size of an image, its margin without the labels of
  // the axis, and how much larger its letters are; a page leaves it out.
  function build(spec, width, language, frame = {}) {
    const { scale = 1 } = frame;
    const count = spec.panels.length;
    const isOneLine = count === 1 && spec.panels[0].series.length === 1 && spec.kind === "line";
    const highs = spec.panels.map((panel) => top(spec.scale === "own" ? [panel] : spec.panels, spec.measure));
    const room = labelRoom(Math.max(...highs), language, scale);
    const outside = frame.margin || { l: 4, r: isOneLine ? 62 : 22, t: 14, b: 28 };
    const margin = { ...outside, l: outside.l + room };
    const titles = spec.panels.map((panel) => titleOf(panel, spec.measure, language));
    const { places, inner } = arranged(titles, width - margin.l - margin.r, room, scale, frame.height && frame.height - margin.t - margin.b);
    const period = years(pointsOf(spec.panels));
    const [data, shapes, annotations, layout] = [[], [], [], {}];
    spec.panels.forEach((panel, at) => {
      Object.assign(layout, axes(at, places[at], period, highs[at], scale, language));
      const drawn = panel.series.map((series, which) => traces(series, spec, panel, at, LOOKS[which % LOOKS.length], language, highs[at]));
      data.push(...drawn.reverse().flat()); // the first, that to cite, lies on top
      if (count > 1) annotations.push(title(panel, spec.measure, places[at], language, scale));
      else panel.breaks.forEach((each, which) => annotations.push(...reason(each, period, which, places[0], scale)));
      shapes.push(...panel.breaks.map((each) => rule(each, at)));
      annotations.push(...marks(panel, spec, at, places[at], period, scale));
    });
    if (count === 1) annotations.push(...labelsOfOnePanel(spec.panels[0], spec, period, highs[0], language, scale));
    return {
      data,
      layout: {
        ...layout, shapes, annotations, width, height: inner + margin.t + margin.b, margin, barmode: "overlay", bargap: 0.2,
        separators: `${language.decimal}${language.thousands}`, paper_bgcolor: PAPER, plot_bgcolor: PAPER, hovermode: "closest",
        hoverlabel: { bgcolor: INK, font: { color: PAPER, family: FONT } }, font: { family: FONT, size: 13, color: GREY }, showlegend: false,
      },
    };
  }

  Object.assign(window.tipstat, { build, safe, looks: LOOKS, font: FONT });
})();
