// The cells of a heat map: row, column, sign and colour of each, as the browser drew them.
async (chart) => {
  "use strict";
  const { xaxis, yaxis } = chart._fullLayout._plots.xy;
  const sheet = chart.querySelector(".main-svg").getBoundingClientRect();
  const at = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [
      Math.round(xaxis.p2l(x + width / 2 - sheet.x - xaxis._offset)),
      Math.round(yaxis.p2l(y + height / 2 - sheet.y - yaxis._offset)),
    ];
  };
  const texts = (css) => [...chart.querySelectorAll(css)].map((text) => [...at(text), text.textContent]);

  const image = chart.querySelector(".heatmaplayer image");
  const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => image[name].baseVal.value);
  const picture = new Image();
  picture.src = image.href.baseVal;
  await picture.decode();
  const paper = new OffscreenCanvas(width, height).getContext("2d");
  paper.drawImage(picture, 0, 0, width, height);
  const colour = (column, row) => {
    const [x, y] = [xaxis.l2p(column) - left, yaxis.l2p(row) - top];
    const [red, green, blue, opacity] = paper.getImageData(x, y, 1, 1).data;
    return opacity ? `rgb(${red}, ${green}, ${blue})` : "none";
  };

  const signs = texts(".heatmap-label text");
  const [first, last] = xaxis.range.map(Math.round);
  const columns = Array.from({ length: last - first }, (_, at) => first + at);
  return {
    years: texts(".xtick text").map(([column, , text]) => [column, text]),
    cells: texts(".ytick text").flatMap(([, row, name]) => columns.map((column) => ({
      row: name,
      column,
      sign: signs.filter(([x, y]) => x === column && y === row).map(([, , sign]) => sign).join(""),
      colour: colour(column, row),
    }))),
  };
}
