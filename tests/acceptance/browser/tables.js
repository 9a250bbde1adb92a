// The table of a figure: its years or other columns, and its rows, each with its heading, its state if
// it is one, and what every cell of figures says.
(figure) => {
  "use strict";
  const table = figure.querySelector("table");
  const plain = (element) => [...element.childNodes]
    .filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
  const remarks = (element) => [...element.querySelectorAll(".remark, td > sup")].map(plain);
  // A table of one column has its remarks in a column of their own.
  const isSingle = table.classList.contains("single");
  const ofFigures = ([, ...rest]) => isSingle ? rest.slice(0, 1) : rest;
  return {
    columns: ofFigures(table.tHead.rows[0].cells).map((cell) => cell.textContent.trim()),
    rows: [...table.tBodies[0].rows].map((row) => ({
      heading: row.cells[0].textContent.trim(),
      state: row.dataset.state || "",
      cells: ofFigures(row.cells).map((cell) => ({
        kind: cell.className || (plain(cell) ? "figure" : "missing"),
        figure: plain(cell),
        remarks: remarks(isSingle ? row : cell),
        colour: getComputedStyle(cell).backgroundColor,
      })),
    })),
  };
}
