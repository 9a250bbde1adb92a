// What Plotly drew: the marks in the SVG, turned back by its axes into years and figures.
(chart) => {
  "use strict";
  const shown = (element) => element.style.display !== "none" && element.getBoundingClientRect().width >= 0;
  const numbers = (text) => text.match(/-?\d+(\.\d+)?(e-?\d+)?/g).map(Number);
  const light = (element) => getComputedStyle(element).fill === "rgb(255, 255, 255)";

  // A panel: "xy2" draws on axes x and y2.
  function panel(element) {
    const { xaxis, yaxis } = chart._fullLayout._plots[element.classList[1]];
    const at = ([x, y]) => [xaxis.p2d(x), yaxis.p2d(y)];
    const all = (css) => [...element.querySelectorAll(css)].filter(shown);
    return {
      axis: yaxis._id,
      pixel: Math.abs(yaxis.p2d(0) - yaxis.p2d(1)),
      zero: [...chart.querySelectorAll(`.zerolinelayer .${yaxis._id}zl`)].map(
        (path) => yaxis.p2d(numbers(path.getAttribute("transform"))[1] - yaxis._offset),
      ),
      markers: all(".scatterlayer .points path.point").map((path) => [
        ...at(numbers(path.getAttribute("transform"))), light(path) ? "hollow" : "filled",
      ]),
      lines: all(".scatterlayer path.js-line").map((path) => ({
        dash: getComputedStyle(path).strokeDasharray !== "none",
        points: path.getAttribute("d").split(/[ML]/).filter(Boolean).map(numbers).map(at),
      })),
      bars: all(".barlayer .point path").map((path) => {
        const [left, bottom, top, right] = numbers(path.getAttribute("d"));
        const [[x0, y0], [x1, y1]] = [at([left, bottom]), at([right, top])];
        return { x: [x0, x1], y: [y0, y1] };
      }),
      // A rule's place is that of the whole drawing, not that of its panel.
      rules: [...chart.querySelectorAll(".shapelayer path")].filter(shown).flatMap((path) => {
        const line = numbers(path.getAttribute("d"));
        const middle = (line[1] + line[3]) / 2 - yaxis._offset;
        const isHere = line[0] === line[2] && middle > 0 && middle < yaxis._length;
        const isDotted = getComputedStyle(path).strokeDasharray !== "none";
        return isHere && isDotted ? [xaxis.p2d(line[0] - xaxis._offset)] : [];
      }),
    };
  }

  return [...chart.querySelectorAll(".cartesianlayer > .subplot")].map(panel);
}
