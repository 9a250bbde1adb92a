// What Plotly drew: the marks in the SVG, turned back by its axes into places and figures. A place is
// a year, or a row of a chart whose figures run from left to right.
(chart, isSideways) => {
  "use strict";
  const shown = (element) => element.style.display !== "none" && element.getBoundingClientRect().width >= 0;
  const numbers = (text) => text.match(/-?\d+(\.\d+)?(e-?\d+)?/g).map(Number);
  const light = (element) => getComputedStyle(element).fill === "rgb(255, 255, 255)";
  const look = (path) => /^M0,[\d.]+V/.test(path.getAttribute("d")) ? "tick" : light(path) ? "hollow" : "filled";
  const sheet = chart.querySelector(".main-svg").getBoundingClientRect();

  // A panel: "xy2" draws on axes x and y2.
  function panel(element) {
    const { xaxis, yaxis } = chart._fullLayout._plots[element.classList[1]];
    const [along, up] = isSideways ? [yaxis, xaxis] : [xaxis, yaxis];
    const turned = (x, y) => isSideways ? [y, x] : [x, y];
    const at = ([x, y]) => turned(xaxis.p2l(x), yaxis.p2l(y));
    const all = (css) => [...element.querySelectorAll(css)].filter(shown);
    const ends = (path) => {
      const { x, y, width, height } = path.getBBox();
      return [at([x, y + height]), at([x + width, y])];
    };
    // The row at the middle of an element, or at its bottom.
    const row = (text, share) => {
      const box = text.getBoundingClientRect();
      return along.p2l(box.y + share * box.height - sheet.y - along._offset);
    };
    // A shape's place is that of the whole drawing, not that of its panel.
    const shapes = [...chart.querySelectorAll(".shapelayer path")].filter(shown).map((path) => {
      const line = numbers(path.getAttribute("d"));
      const middle = (line[1] + line[3]) / 2 - yaxis._offset;
      return {
        place: xaxis.p2l((line[0] + line[2]) / 2 - xaxis._offset),
        isHere: middle > 0 && middle < yaxis._length,
        isRule: line[0] === line[2] && getComputedStyle(path).strokeDasharray !== "none",
        isShade: line[0] !== line[2],
      };
    }).filter(({ isHere }) => isHere);
    return {
      pixel: Math.abs(up.p2l(0) - up.p2l(1)),
      zero: [...chart.querySelectorAll(`.zerolinelayer .${up._id}zl`)].map((path) => {
        const [x, y] = numbers(path.getAttribute("transform"));
        return up.p2l((isSideways ? x : y) - up._offset);
      }),
      markers: all(".scatterlayer .points path.point").map((path) => [
        ...at(numbers(path.getAttribute("transform"))), look(path),
      ]),
      lines: all(".scatterlayer path.js-line").map((path) => ({
        dash: getComputedStyle(path).strokeDasharray !== "none",
        points: path.getAttribute("d").split(/[ML]/).filter(Boolean).map(numbers).map(at),
      })),
      bars: all(".barlayer .point path").map(ends),
      reaches: all(".errorbar path").map(ends),
      rules: shapes.filter(({ isRule }) => isRule).map(({ place }) => place),
      shades: shapes.filter(({ isShade }) => isShade).map(({ place }) => place),
      names: [...chart.querySelectorAll(".annotation text")].map((text) => [row(text, 1), text.textContent]),
      printed: all(".textpoint text, .bartext").map((text) => [row(text, 0.5), text.textContent]),
    };
  }

  return [...chart.querySelectorAll(".cartesianlayer > .subplot")].map(panel);
}
