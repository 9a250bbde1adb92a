// The charts of a page, each with its words, its table and what the builder makes of it at two widths.
([wide, narrow]) => {
  const words = (element) => (element ? element.innerText.replace(/\s+/g, " ").trim() : "");
  const cellOf = (cell) => ({
    text: cell.firstChild ? cell.firstChild.textContent.trim() : "",
    remarks: Array.from(cell.querySelectorAll("small"), words),
    kind: cell.className,
  });
  const rowsOf = (table) => (table ? Array.from(table.rows, (row) => Array.from(row.cells, cellOf)) : []);
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  document.querySelectorAll("[role=tabpanel]").forEach((each) => { each.hidden = false; });
  const { language, charts, build } = window.tipstat;
  return Object.entries(charts || {}).map(([anchor, chart]) => {
    const box = document.querySelector(`.chart[data-chart="${anchor}"]`);
    const figure = box.closest("figure");
    return {
      anchor, language, chart,
      rows: rowsOf(document.getElementById(`${anchor}-table`)?.closest("table")),
      wide: build(chart.spec, wide, language),
      narrow: build(chart.spec, narrow, language),
      key: Array.from(figure.querySelectorAll(".key li"), words),
      calm: words(figure.querySelector(".calm")),
      about: words(figure.querySelector(".about")),
      label: box.getAttribute("aria-label"),
    };
  });
}
