// The files that leave the explorer: the points of its chart as CSV, and images with title, key, note, source and
// edition inside their frame.
window.tipstat = window.tipstat || {};
window.tipstat.explorer = window.tipstat.explorer || {};
window.tipstat.explorer.files = (world, points, charts) => {
  "use strict";
  const { printed, remarks } = points;
  const { build, marks, coloured, wrapped, safe, loadPlotly } = charts;
  const IMAGE = { width: 960, height: 540, scale: { png: 2.5, svg: 1.25 }, edge: 29 };
  const { palette, slots, template } = world.chart;
  const edition = window.tipstat.editions[document.documentElement.lang];

  // The points of a chart as rows, each with source, licence and edition.
  function csv(chart) {
    const rows = chart.spec.panels.flatMap((panel) => panel.series.flatMap((series) => series.points.map((point, at) => [
      chart.title, panel.name, series.name, point[0], point[1] ?? "", printed(point),
      remarks(series.points, at, panel.breaks).join(", "), point[3] ?? "", point[4] ?? "", chart.subtitle, chart.source, edition,
    ])));
    const cell = (value) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
    const text = [world.csv, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
    return URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" }));
  }

  // A text in lines that fit into an image, in the size and weight of its letters.
  function lines(text, size, weight = 400) {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.font = `${weight} ${size}px ${template.layout.font.family}`;
    // Another program may draw an SVG with a wider font.
    const room = 0.95 * (IMAGE.width - 2 * IMAGE.edge);
    return text ? wrapped(text, room, (line) => canvas.measureText(line).width) : [];
  }

  // The names of the lines of a chart, each in its colour behind its mark, in rows.
  function namesOf({ panels: [{ series }] }, size) {
    const labels = series.length > 1 ? series.map(({ name }, at) => `${"●■▲◆"[at]} ${name}`.replace(/ /g, "\u00a0")) : [];
    const inColor = (label) => `<span style="color:${palette[slots[labels.indexOf(label)].color]}">${safe(label)}</span>`;
    return lines(labels.join(" "), size).map((row) => row.split(" ").map(inColor).join("   "));
  }

  // A chart with its texts inside the frame. It is light wherever it was saved: it goes into documents.
  function framed(chart) {
    const { width, height, edge } = IMAGE;
    const foot = [...marks(chart.spec).map((mark) => world.marks[mark]), chart.note, chart.source, `${edition}.`].filter(Boolean).join(" ");
    const blocks = [
      { name: "title", size: 21, rows: lines(chart.title, 21, 700).map((row) => `<b>${safe(row)}</b>`), color: "--ink" },
      { name: "subtitle", size: 14, rows: lines(chart.subtitle, 14).map(safe), color: "--grey" },
      { name: "names", size: 14, rows: namesOf(chart.spec, 14), color: "--ink" },
      { name: "foot", size: 11, rows: lines(foot, 11).map(safe), color: "--grey" },
    ].filter(({ rows }) => rows.length);
    const heightOf = ({ rows, size }) => rows.length * size * 1.3 + 5;
    const above = blocks.slice(0, -1).reduce((sum, block) => sum + heightOf(block), edge);
    const { data, layout } = build(chart.spec, width, { height, margin: { l: edge, r: edge + 32, t: above + 18, b: heightOf(blocks.at(-1)) + 46 } });
    let next = layout.margin.t - edge + 8;
    const annotations = blocks.map((block) => {
      const place = block.name === "foot" ? { y: 0, yshift: -35 } : { y: 1, yshift: next };
      next -= heightOf(block);
      return {
        name: block.name, text: block.rows.join("<br>"), xref: "paper", yref: "paper", x: 0, xshift: edge - layout.margin.l, ...place,
        xanchor: "left", yanchor: "top", align: "left", font: { size: block.size, color: block.color },
      };
    });
    return coloured({ data, layout: { ...layout, annotations: [...layout.annotations, ...annotations] } }, palette);
  }

  async function image(chart, format) {
    await loadPlotly();
    const { width, height, scale } = IMAGE;
    return Plotly.toImage(framed(chart), { format, width, height, scale: scale[format] });
  }

  // A button's answer: the file, or the reason why there is none.
  async function saveAs(chart, format, status) {
    const name = `${chart.file}.${format}`;
    try {
      const href = format === "csv" ? csv(chart) : await image(chart, format);
      const link = Object.assign(document.createElement("a"), { href, download: name });
      document.body.append(link);
      link.click();
      link.remove();
      status.textContent = `${world.texts.files_saved} ${name}`;
    } catch {
      status.textContent = world.texts.files_failed;
    }
  }

  return { image, saveAs };
};
