// Recognises a form by its identity and keys, as Python does, and returns its answers: in a workbook, or in
// the plain CSV layout. `rules` are those of the site's file of checks.
window.tipstat = window.tipstat || {};
window.tipstat.check = window.tipstat.check || {};
window.tipstat.check.form = (rules) => {
  "use strict";
  const { check } = window.tipstat;
  const refuse = (code, parts) => {
    throw new check.Refusal(code, parts);
  };
  const COLUMNS = ["figure", "note", "published"];
  const spaced = (text) => text.split(/\s+/).filter(Boolean).join(" ");
  const names = rules.asked.map(({ name }) => name);

  // ---- which form it is

  function identity(cells) {
    const [kind = "", version = "", state = "", year = "", language = "", meanings = "", labels = ""] = cells;
    if (kind !== rules.kind || !rules.states.includes(state) || !isYear(year) || !Object.hasOwn(rules.languages, language)) {
      refuse("identity", { found: `${state} ${year} ${language}` });
    }
    const today = rules.meanings.split(" ");
    const isCurrent = version === rules.version;
    const form = { state, year: Number(year), language, labels, isCurrent };
    if (!isCurrent && !(meanings && meanings.split(" ").every((each) => today.includes(each)))) older(form);
    return form;
  }

  const isYear = (text) => /^\d{4}$/.test(text) && Number(text) >= rules.years[0] && Number(text) <= rules.years[1];

  const otherYear = ({ state, year }, place, other) => refuse("other_year", { place, state, year, other });

  const older = ({ state, year, language }) => refuse("older", { state, year, written: language });

  // The labels of a form without their spaces, as it was printed; null where the browser cannot tell.
  async function checksum(labels) {
    if (!crypto.subtle) return null;
    const lines = [...labels.keys()].sort().map((name) => `${name} ${spaced(labels.get(name))}`);
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines.join("\n"))));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 12);
  }

  // Refuses a row beside another label than was printed there, or is printed there today.
  async function refuseLabels(form, kept) {
    const shown = new Map([...kept].map(([name, { label }]) => [name, label.text]));
    const found = await checksum(shown);
    if (found === null || found === form.labels) return;
    const { labels, wholeLabels } = rules.languages[form.language];
    for (const name of names.filter((each) => kept.has(each))) {
      const { label } = kept.get(name);
      const known = [labels[name], wholeLabels[name]];
      if (!known.map(spaced).includes(spaced(label.text))) refuse("label", { place: label.place, label: known[0] });
    }
  }

  // The answers by name, each row and question exactly once.
  async function filled(form, found) {
    const start = `${form.state}|${form.year}|`;
    const kept = new Map();
    for (const each of found) {
      const name = each.key.startsWith(start) ? each.key.slice(start.length) : "";
      if (!names.includes(name)) {
        const other = each.key.split("|").slice(0, 2).join(" ");
        if (other === `${form.state} ${form.year}` && !form.isCurrent) older(form);
        const ofYears = /^(\w+) (\d{4})$/.exec(other);
        if (ofYears?.[1] === form.state && isYear(ofYears[2])) otherYear(form, each.place, ofYears[2]);
        refuse("other_form", { place: each.place, other, form: `${form.state} ${form.year}` });
      }
      if (kept.has(name)) refuse("row_twice", { place: each.place });
      kept.set(name, each);
    }
    const missing = names.filter((name) => !kept.has(name));
    if (missing.length && form.isCurrent) refuse("rows_gone", { count: missing.length, first: missing[0] });
    await refuseLabels(form, kept);
    const blank = Object.fromEntries(COLUMNS.map((column) => [column, { place: "", text: "", fault: "" }]));
    return { form, answers: new Map(names.map((name) => [name, kept.get(name)?.answer ?? blank])) };
  }

  const answer = (cells) => Object.fromEntries(COLUMNS.map((column, at) => [column, cells[at]]));

  // ---- workbooks

  // The places of the markers of a sheet in their order; none where there are none.
  function markers(sheet) {
    const found = [...sheet.cells].filter(([, { text }]) => rules.markers.includes(text)).map(([key, { text }]) => [text, ...key.split(",").map(Number)]);
    if (!found.length) return null;
    const isWhole = found.length === rules.markers.length && new Set(found.map(([text]) => text)).size === found.length;
    if (!isWhole || new Set(found.map(([, row]) => row)).size !== 1) refuse("markers", { place: sheet.place(found[0][1], found[0][2]) });
    const columns = new Map(found.map(([text, , column]) => [text, column]));
    return { row: found[0][1], columns: rules.markers.map((marker) => columns.get(marker)) };
  }

  // Refuses a column that is headed by another year: its figures would be lost.
  function refuseOtherYears(sheet, row, form) {
    for (const [place, { text }] of sheet.cells) {
      const [line, column] = place.split(",").map(Number);
      if (line === row && isYear(text) && Number(text) !== form.year) otherYear(form, sheet.place(line, column), text);
    }
  }

  function answersOf(sheet, form) {
    const places = markers(sheet);
    if (!places) return [];
    const [key, label, ...filledIn] = places.columns;
    const found = [];
    for (let row = places.row + 1; row <= sheet.last; row += 1) {
      const cell = (column) => ({ ...sheet.cell(row, column), place: sheet.place(row, column) });
      const cells = filledIn.map(cell);
      const own = cell(key);
      if (own.fault) refuse("key_changed", { place: own.place });
      if (own.text === rules.heading) {
        refuseOtherYears(sheet, row, form);
        continue;
      }
      const stray = cells.find(({ text }) => text);
      if (own.text) found.push({ place: own.place, key: own.text, label: cell(label), answer: answer(cells) });
      else if (stray) refuse("stray", { place: stray.place });
    }
    return found;
  }

  async function ofWorkbook(buffer) {
    const sheets = await check.sheets(buffer);
    const own = sheets.find(({ name }) => name === rules.identity);
    if (!own) refuse("no_form");
    const form = identity(Array.from({ length: own.last + 1 }, (_, row) => own.cell(row, 0).text));
    return filled(form, sheets.flatMap((sheet) => answersOf(sheet, form)));
  }

  // ---- plain CSV

  // The cells of each line; a quoted cell may have separators, quotes and lines in it.
  function lines(text, between) {
    const found = [[]];
    let at = 0;
    while (at < text.length) {
      let cell = "";
      if (text[at] === '"') {
        for (at += 1; ; at += 1) {
          if (at >= text.length) refuse("no_csv", { reason: '"' });
          if (text[at] === '"' && text[at + 1] !== '"') break;
          if (text[at] === '"') at += 1;
          cell += text[at];
        }
        at += 1;
        if (at < text.length && ![between, "\r", "\n"].includes(text[at])) refuse("no_csv", { reason: '"' });
      } else {
        while (at < text.length && ![between, "\r", "\n"].includes(text[at])) cell += text[at++];
      }
      found.at(-1).push(cell);
      if (text[at] === between) {
        at += 1;
        if (at === text.length || "\r\n".includes(text[at])) found.at(-1).push("");
      }
      if (text[at] === "\r" || text[at] === "\n") {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        if (at < text.length) found.push([]);
      }
    }
    return found;
  }

  async function ofCsv(buffer) {
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(buffer);
    } catch {
      refuse("no_csv", { reason: "UTF-8" });
    }
    const [first] = text.split("\n", 1);
    const [between] = [",", ";", "\t"].sort((one, other) => first.split(other).length - first.split(one).length);
    const [header, ...rest] = lines(text, between);
    const given = rest.filter((line) => line.some(Boolean));
    if (given.some((line) => line.length !== header.length)) refuse("uneven");
    if (header.includes(rules.sdmx)) refuse("sdmx");
    if (header[0] !== rules.csv[0] || !given[0]?.[0].startsWith(rules.kind)) refuse("no_form");
    for (const column of rules.csv) {
      const count = header.filter((each) => each === column).length;
      if (count !== 1) refuse("columns", { column, count });
    }
    const form = identity(given[0][0].split("|"));
    for (const column of header.filter(isYear)) otherYear(form, `line 1, ${column}`, column);
    const [key, label, ...filledIn] = [rules.csv[0], "question", ...COLUMNS].map((column) => header.indexOf(column));
    return filled(form, given.slice(1).map((line, at) => {
      const cell = (column) => ({ place: `line ${at + 3}, ${header[column]}`, text: line[column].trim(), fault: "" });
      return { place: `line ${at + 3}`, key: line[key].trim(), label: cell(label), answer: answer(filledIn.map(cell)) };
    }));
  }

  // The form in a file, with its answers: by name those in the columns `figure`, `note` and `published`.
  async function read(file) {
    if (file.size > check.LIMITS.file) refuse("too_large");
    const buffer = await file.arrayBuffer();
    return /\.csv$/i.test(file.name) ? ofCsv(buffer) : ofWorkbook(buffer);
  }

  return { read };
};
