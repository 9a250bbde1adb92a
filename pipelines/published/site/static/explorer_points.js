// What the traces of a series say, as points: [year, value, flags, lower, upper]. A suppressed figure ("S") has no
// value, and no upper bound if it is open; a rate whose count is suppressed ("X") has neither. "U" is followed by the
// letters of the reservations. What a trace of each `meta` shows: pipelines/published/charts/explorer.py.
window.tipstat = window.tipstat || {};
window.tipstat.explorer = window.tipstat.explorer || {};
window.tipstat.explorer.points = (world) => {
  "use strict";
  const SUPPRESSED_TOP = 4; // as in pipelines/words/disclosure.py
  const [YEAR, VALUE, FLAGS, LOWER, UPPER] = [0, 1, 2, 3, 4];

  // ---- from traces

  const exact = (value) => Number(value.toPrecision(9)); // a difference has the noise of binary fractions
  const interval = ({ y, error_y: around }, at) =>
    (around ? [exact(y[at] - around.arrayminus[at]), exact(y[at] + around.array[at])] : []);
  const READ = {
    observed: (trace, at) => [trace.x[at], trace.y[at], "", ...interval(trace, at)],
    uncertain: (trace, at) => [trace.x[at], trace.y[at], `U${trace.customdata[at]}`, ...interval(trace, at)],
    suppressed: ({ x, y, base, customdata = [] }, at) =>
      [x[at], null, customdata[at] ? `SU${customdata[at]}` : "S", base[at], ...(y[at] === null ? [] : [base[at] + y[at]])],
    no_rate: ({ x }, at) => [x[at], null, "X"],
  };

  // The point at each place of a trace; null at a gap, and throughout a trace that has no figures of its own.
  const read = (trace) => trace.x.map((year, at) => (year === null ? null : READ[trace.meta]?.(trace, at) ?? null));

  // A drawn series with its points, in the order of years.
  const withPoints = (drawn) => ({
    ...drawn, points: drawn.data.flatMap(read).filter(Boolean).sort((one, other) => one[YEAR] - other[YEAR]),
  });

  // The series of an indicator by source and state, each drawing with its points.
  function received(series) {
    for (const own of Object.values(series).flatMap(Object.values)) {
      own.total = withPoints(own.total);
      if (own.rate) own.rate = withPoints(own.rate);
      for (const parts of Object.values(own.parts || {})) {
        for (const code of Object.keys(parts)) parts[code] = withPoints(parts[code]);
      }
    }
    return series;
  }

  // ---- in words

  const has = (point, flag) => (point[FLAGS] || "").includes(flag);
  const reservations = (point) => [...(point[FLAGS] || "")].map((flag) => world.reservations[flag]).filter(Boolean);

  // The reservations on the figure of a place in a series, and whether the series breaks before it.
  function remarks(points, at, breaks) {
    const isBroken = at > 0 && breaks.some(([year]) => points[at - 1][YEAR] < year && year <= points[at][YEAR]);
    return [...reservations(points[at]), ...(isBroken ? [world.texts.break_mark] : [])];
  }

  // A number with the signs of the language.
  function number(value) {
    const decimals = Math.max(2, 2 - Math.floor(Math.log10(Math.abs(value)))); // as Language.number in Python
    const digits = Number.isInteger(value) ? String(value) : String(Number(value.toFixed(decimals)));
    const [whole, part] = digits.split(".");
    const spaced = whole.replace(/\B(?=(\d{3})+$)/g, world.thousands);
    return part ? spaced + world.decimal + part : spaced;
  }

  // A figure as printed: a suppressed one is the interval in which it lies, without an upper bound if it is open.
  function printed(point) {
    if (has(point, "X")) return "×";
    if (!has(point, "S")) return number(point[VALUE]);
    const [lower, upper] = [point[LOWER], point[UPPER]];
    if (upper === undefined) return `≥${number(lower)}`;
    if (lower <= 1 && upper === SUPPRESSED_TOP) return `<${upper + 1}`;
    return lower ? `${number(lower)}–${number(upper)}` : `≤${number(upper)}`;
  }

  // The last figure to cite: neither doubtful nor only repeated by others, if there is such a one (as Total.last in Python).
  function toCite(points) {
    const without = (some, flag) => (some.every((point) => has(point, flag)) ? some : some.filter((point) => !has(point, flag)));
    return without(without(points, "R"), "D").at(-1);
  }

  return { received, read, has, reservations, remarks, number, printed, toCite };
};
