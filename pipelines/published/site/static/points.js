// What the points of a series say: the figure as printed, its reservations, and which of them a line
// may join. A point is [year, value, flags, lower, upper]; see pipelines/published/charts/spec.py.
window.tipstat = window.tipstat || {};
(() => {
  "use strict";
  const SUPPRESSED_TOP = 4; // as in pipelines/words/disclosure.py
  const [YEAR, VALUE, FLAGS, LOWER, UPPER] = [0, 1, 2, 3, 4];

  const has = (point, flag) => (point[FLAGS] || "").includes(flag);
  const isUncertain = (point) => has(point, "U");
  const reservations = (point, { texts }) => [...(point[FLAGS] || "")].map((flag) => texts.reservations[flag]).filter(Boolean);
  const isExact = (point) => point[VALUE] !== null;

  // The reservations on the figure of a place in a series, and whether the series breaks before it.
  function remarks(points, at, breaks, language) {
    const isBroken = at > 0 && breaks.some(([year]) => points[at - 1][YEAR] < year && year <= points[at][YEAR]);
    return [...reservations(points[at], language), ...(isBroken ? [language.texts.break] : [])];
  }

  // A number as the reader's language writes it, with its own signs.
  function number(value, { decimal, thousands }) {
    const decimals = Math.max(2, 2 - Math.floor(Math.log10(Math.abs(value)))); // as Language.number in Python
    const digits = Number.isInteger(value) ? String(value) : String(Number(value.toFixed(decimals)));
    const [whole, part] = digits.split(".");
    const spaced = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
    return part ? spaced + decimal + part : spaced;
  }

  // A figure as printed: a suppressed one is the interval in which it lies, without an upper bound if it is open.
  function printed(point, language) {
    if (has(point, "X")) return "×";
    if (!has(point, "S")) return number(point[VALUE], language);
    const [lower, upper] = [point[LOWER], point[UPPER]];
    if (upper === undefined) return `≥${number(lower, language)}`;
    if (upper === SUPPRESSED_TOP) return `<${upper + 1}`;
    return lower ? `${number(lower, language)}–${number(upper, language)}` : `≤${number(upper, language)}`;
  }

  // The runs of exact figures that a line may join: no missing year, suppressed year or break between.
  function runs(points, breaks) {
    const isBroken = (from, to) => breaks.some(([year]) => from < year && year <= to);
    const found = [];
    for (const point of points) {
      const last = found.at(-1)?.at(-1);
      const joins = last && isExact(point) && isExact(last) && point[YEAR] - last[YEAR] === 1;
      if (joins && !isBroken(last[YEAR], point[YEAR])) found.at(-1).push(point);
      else found.push([point]);
    }
    return found.filter((run) => isExact(run[0]));
  }

  // The last figure to cite: neither doubtful nor only repeated by others, if there is such a one (as Total.last in Python).
  function toCite(points) {
    const without = (some, flag) => (some.every((point) => has(point, flag)) ? some : some.filter((point) => !has(point, flag)));
    return without(without(points, "R"), "D").at(-1);
  }

  Object.assign(window.tipstat, { has, isUncertain, isExact, reservations, remarks, number, printed, runs, toCite });
})();
