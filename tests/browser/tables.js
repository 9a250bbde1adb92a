// The table of a figure: its rows, each with its heading and what every cell of figures says.
(figure) => [...figure.querySelectorAll("table tbody tr")].map((row) => {
  const cells = [...row.querySelectorAll("td.number")];
  const remarks = (cell) => [...cell.querySelectorAll(".remark")].map(
    (remark) => [...remark.childNodes].filter((node) => node.nodeType === 3)
      .map((node) => node.data.trim()).join(""),
  );
  return {
    heading: row.querySelector("th").textContent.trim(),
    cells: cells.map((cell) => ({
      kind: [...cell.classList].find((name) => name !== "number"),
      figure: cell.querySelector(".figure").textContent,
      // A table of one column has its remarks in a column of their own.
      remarks: cells.length > 1 ? remarks(cell) : remarks(row),
    })),
  };
})
