// The page that checks a questionnaire: reads the chosen file and writes what is wrong with it, cell by cell.
(() => {
  "use strict";
  const { check } = window.tipstat;
  const element = (id) => document.getElementById(`check-${id}`);
  const stored = document.getElementById("check");
  if (!stored) return;
  const own = JSON.parse(stored.textContent);
  const page = document.documentElement.lang;
  const words = check.data.languages[page];
  let turn = 0, form, rules;

  // Refuses a browser that cannot unpack, or does not know all signs of the patterns.
  function start() {
    if (rules) return;
    try {
      new DecompressionStream("deflate-raw");
      form = check.form(check.data);
      rules = check.rules(check.data);
    } catch {
      throw new check.Refusal("old_browser");
    }
  }

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(parts, name) ? parts[name] : whole));
  const counted = (count, one, many) => (count === 0 ? [] : [count === 1 ? own[one] : filled(own[many], { count })]);
  // Places in CSV are lines; Python names them in English.
  const named = (place) => place.replace(/^line(?= \d)/, own.line);

  function show(title, subtitle, list, next, isSound) {
    element("found").hidden = false;
    element("found").classList.toggle("sound", isSound);
    element("status").textContent = title;
    element("form").textContent = subtitle;
    element("list").replaceChildren(...list);
    element("next").textContent = next;
    element("print").hidden = !list.length;
  }

  // The sheet and the cell of a place; a line of CSV is on no sheet.
  function parted(place) {
    const at = place.lastIndexOf(", ");
    return /^line \d/.test(place) || at < 0 ? ["", named(place)] : [place.slice(0, at), place.slice(at + 2)];
  }

  // What a row counts, a part behind its whole.
  function labelOf(name) {
    const whole = words.labels[name.replace(/\|.*/, "|_T|_T|_T|_T")];
    return whole && whole !== words.labels[name] ? whole + own.colon + words.labels[name] : words.labels[name];
  }

  // Problems that say the same of several cells, as of a total and its parts, together.
  function together(problems) {
    const found = new Map();
    for (const problem of problems) {
      const isShared = ["exceed", "short"].includes(problem.code);
      const key = JSON.stringify([parted(problem.place)[0], problem.code, problem.parts, isShared ? problem.name.split("|")[0] : [problem.name, problem.column]]);
      found.set(key, [...(found.get(key) ?? []), problem]);
    }
    return [...found.values()];
  }

  function item(problems) {
    const [{ name, column, code, parts }] = problems;
    const cells = problems.flatMap((each, at) => {
      const cell = make("span", { className: "cell" }, parted(each.place)[1]);
      Object.assign(cell.dataset, { place: each.place, code: each.code, stops: each.stops });
      return at ? [", ", cell] : [cell];
    });
    const label = labelOf(name) + (column === "figure" ? "" : ` (${own[`cell_${column}`]})`);
    const said = filled(words.texts[`problem_${code}`], parts);
    return make("li", {}, make("div", { className: "cells" }, ...cells), make("div", {}, make("p", { className: "asked" }, label), make("p", {}, said)));
  }

  function showProblems({ form: { state, year, language }, problems }, file) {
    const open = problems.filter(({ explained }) => !explained);
    const stopping = together(open.filter(({ stops }) => stops));
    const asking = together(open.filter(({ stops }) => !stops));
    const title = [...counted(stopping.length, "one", "many"), ...counted(asking.length, "ask_one", "ask_many")].join(" · ");
    const bySheet = new Map();
    for (const each of together(open)) {
      const [sheet] = parted(each[0].place);
      bySheet.set(sheet, [...(bySheet.get(sheet) ?? []), each]);
    }
    const list = [...bySheet].flatMap(([sheet, items]) => [
      ...(sheet ? [make("h3", { lang: language }, sheet)] : []),
      make("ol", { className: "faults" }, ...items.map(item)),
    ]);
    const subtitle = `${filled(words.texts.title, { area: words.areas[state], year })} · ${file.name}`;
    show(title || own.none, subtitle, list, open.length ? own.again : own.send, !open.length);
  }

  function showRefusal(refusal, file) {
    const { code, parts } = refusal instanceof check.Refusal ? refusal : { code: "unreadable", parts: { reason: refusal.message } };
    const text = { sdmx: own.sdmx, old_browser: own.old_browser }[code] ?? words.texts[`refusal_${code}`];
    const given = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, name === "place" ? named(part) : part]));
    const said = make("p", {}, filled(text, given));
    said.dataset.refusal = code;
    show(own.refused, file.name, [said], "", false);
    element("print").hidden = true;
  }

  async function read(file) {
    const mine = (turn += 1);
    element("found").removeAttribute("data-of");
    show(filled(own.reading, { file: file.name }), "", [], "", true);
    let tell;
    try {
      start();
      const read = await form.read(file);
      const problems = rules.problems(read);
      tell = () => showProblems({ ...read, problems }, file);
    } catch (error) {
      tell = () => showRefusal(error, file);
    }
    if (mine !== turn) return; // another file was chosen meanwhile
    tell();
    element("found").dataset.of = mine;
  }

  const [input, drop] = [element("file"), element("drop")];
  // A file that was saved anew under its name is chosen again.
  input.addEventListener("click", () => {
    input.value = "";
  });
  input.addEventListener("change", () => input.files.length && read(input.files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) read(event.dataTransfer.files[0]);
    });
  }
  element("print").addEventListener("click", () => window.print());
})();
