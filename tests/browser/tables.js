// The table of a figure: its rows, each with its heading and what every cell of figures says.
(figure) => [...figure.querySelectorAll("table tbody tr")].map((row) => {
  const plain = (element) => [...element.childNodes]
    .filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
  const remarks = (element) => [...element.querySelectorAll(".remark")].map(plain);
  // A table of one column has its remarks in a column of their own.
  const isSingle = row.closest("table").classList.contains("single");
  const [heading, ...rest] = row.cells;
  const cells = isSingle ? rest.slice(0, 1) : rest;
  return {
    heading: heading.textContent.trim(),
    cells: cells.map((cell) => ({
      kind: cell.className || (plain(cell) ? "figure" : "missing"),
      figure: plain(cell),
      remarks: remarks(isSingle ? row : cell),
    })),
  };
})
