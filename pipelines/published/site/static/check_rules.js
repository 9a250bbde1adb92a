// Finds the faults of a form that was read: an interpreter of the rules that Python has written. What needs
// figures published before, the office learns from the answer to its form.
window.tipstat = window.tipstat || {};
window.tipstat.check = window.tipstat.check || {};
window.tipstat.check.rules = (rules) => {
  "use strict";
  const whole = (text) => new RegExp(`^(?:${text})$`, "u");
  const patterns = Object.fromEntries(Object.entries(rules.patterns).map(([name, text]) => [name, new RegExp(text, name.endsWith("_i") ? "iu" : "u")]));
  const harmless = new RegExp(rules.patterns.harmless, "gu");
  const spaces = new RegExp(rules.patterns.spaces, "gu");
  const isWhole = Object.fromEntries(["whole", "small", "year", "https"].map((name) => [name, whole(rules.patterns[name])]));
  const signsAlone = new RegExp(`^(?:${rules.patterns.signsAlone_i})$`, "iu");
  const faults = Object.entries(rules.faults).map(([code, text]) => [code, whole(text)]);
  const questions = rules.asked.filter(({ question }) => question);
  const rows = rules.asked.filter(({ question }) => !question);
  const today = () => new Date().toISOString().slice(0, 10);

  // A text to compare: without accents, case, points, bars, brackets and dashes.
  function folded(text) {
    const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    return plain.replace(/[^\p{L}\p{N}<>=+\s]/gu, "").split(/\s+/).filter(Boolean).join(" ");
  }

  const isEmpty = ({ text, fault }) => !fault && (!text || signsAlone.test(text) || rules.notAvailable.includes(folded(text)));

  const yesOrNo = (text) => (rules.yes.includes(folded(text)) ? "1" : rules.no.includes(folded(text)) ? "0" : "");
  const short = (text) => ["1", "0"].find((code) => rules.short[code].includes(folded(text))) ?? "";

  // The code of a choice, given by its name or its code; empty if there is none.
  function chosen(text, asked, language) {
    const choices = rules.languages[language].choices[asked.name];
    if (Object.hasOwn(choices, text)) return text;
    if (!asked.question) return yesOrNo(text);
    return Object.keys(choices).find((code) => folded(choices[code]) === folded(text)) ?? "";
  }

  // ---- texts: nothing in them may lead to a person

  function textFault(text, most) {
    if ([...text].length > most) return "long";
    const plain = text.replace(spaces, " ").normalize("NFKC");
    if (/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(plain)) return "unprintable";
    const rest = plain.replace(harmless, "");
    const { address_i: address, abroad, call_i: call, number, identity, person } = patterns;
    if ([address, abroad].some((each) => each.test(plain)) || [call, number, identity].some((each) => each.test(rest))) return "person";
    return person.test(plain) ? "named" : "";
  }

  // A program could take it for a formula, or for part of a page, wherever it is copied to.
  const publishedFault = (text, most) => textFault(text, most) || (/^[=+@-]|[<>]/.test(text) ? "active" : "");

  // ---- figures: each is an interval of whole numbers

  function figure(text) {
    if (isWhole.whole.test(text)) {
      if (text.replace(/^0+/, "").length > rules.figures.digits) return { fault: "large" };
      const number = Number(text);
      return rules.figures.standIns.includes(number) ? { fault: "stand_in" } : { lower: number, upper: number };
    }
    if (isWhole.small.test(text)) return { lower: 0, upper: rules.figures.threshold - 1 };
    return { fault: faults.find(([, pattern]) => pattern.test(text))?.[0] ?? "text" };
  }

  function printed({ lower, upper }) {
    if (lower === upper) return `${lower}`;
    return lower === 0 && upper === rules.figures.threshold - 1 ? `<${rules.figures.threshold}` : `${lower}–${upper}`;
  }

  const sum = (parts) => ({ lower: parts.reduce((all, { lower }) => all + lower, 0), upper: parts.reduce((all, { upper }) => all + upper, 0) });

  function isPastDay(text) {
    const found = new Date(`${text}T00:00:00Z`);
    return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text) && text <= today();
  }

  // The problems of a form in its order: each with the name of the row, the column, the code, the place of the
  // cell, what its text has placeholders for, and whether a note may explain it and does.
  function problems({ form, answers }) {
    const found = [];
    const figures = new Map();
    const marked = [];
    const problem = (name, code, parts = {}, column = "figure") => found.push({ name, column, code, place: answers.get(name)[column].place, parts, stops: true, explained: false });

    for (const row of rows) {
      const cells = answers.get(row.name);
      readFigure(row, cells.figure);
      const code = cells.note.fault || textFault(cells.note.text, rules.longestNote);
      if (code) textProblem(row.name, code, "note", cells.note.text, rules.longestNote);
      if (!isEmpty(cells.published)) readMark(row, cells.published);
    }
    if (rows.every(({ name }) => isEmpty(answers.get(name).figure))) problem(rows[0].name, "empty");
    if (`${form.year}-${rules.lastDays}` > today()) problem(rows[0].name, "not_over", { year: form.year });
    questions.forEach(readQuestion);
    rules.splits.forEach(readSplit);
    for (const row of rows.filter(({ name, kind }) => kind === "flag" && figures.has(name))) {
      const { text } = answers.get(row.name).figure;
      if (chosen(text, row, form.language)) continue;
      problem(row.name, figures.get(row.name).lower ? "read_as_yes" : "read_as_no", { found: text });
      Object.assign(found.at(-1), { stops: false, explained: !isEmpty(answers.get(row.name).note) });
    }
    const order = new Map(rules.asked.map(({ name }, at) => [name, at]));
    const once = new Map(found.map((each) => [JSON.stringify(each), each]));
    return [...once.values()].sort((one, other) => order.get(one.name) - order.get(other.name));

    function textProblem(name, code, column, text, most) {
      problem(name, code, code === "long" ? { length: [...text].length, most } : {}, column);
    }

    function readFigure(row, cell) {
      if (cell.fault) return problem(row.name, cell.fault);
      if (isEmpty(cell)) return null;
      if (row.kind === "flag") {
        const code = chosen(cell.text, row, form.language) || short(cell.text);
        return code ? figures.set(row.name, { lower: Number(code), upper: Number(code) }) : problem(row.name, "flag");
      }
      const read = figure(cell.text);
      return read.fault ? problem(row.name, read.fault, { found: [...cell.text].slice(0, 40).join("") }) : figures.set(row.name, read);
    }

    function readMark(row, cell) {
      const code = yesOrNo(cell.text) || short(cell.text);
      if (cell.fault || !code) problem(row.name, cell.fault || "mark", {}, "published");
      else if (code === "1" && figures.has(row.name)) marked.push(row.name);
    }

    function readQuestion(question) {
      const { name, kind, required, most } = question;
      const cell = answers.get(name).figure;
      if (cell.fault && !(kind === "day" && cell.fault === "date")) return problem(name, cell.fault);
      if (isEmpty({ ...cell, fault: "" })) {
        if (required) return problem(name, "missing");
        return marked.length && ["published_at", "published_on"].includes(name) ? problem(name, "published_where") : null;
      }
      const code = ["text", "address"].includes(kind) ? publishedFault(cell.text, most) : "";
      if (code) return textProblem(name, code, "figure", cell.text, most);
      const isSound = {
        choice: () => chosen(cell.text, question, form.language) !== "",
        year: () => isWhole.year.test(cell.text) && Number(cell.text) <= form.year,
        day: () => isPastDay(cell.text),
        address: () => isWhole.https.test(cell.text),
        text: () => true,
      }[kind]();
      return isSound ? null : problem(name, kind, { year: form.year, today: today() });
    }

    function readSplit({ whole: total, parts, full }) {
      const given = parts.filter((name) => figures.has(name));
      if (!figures.has(total)) return given.length && isEmpty(answers.get(total).figure) ? problem(total, "no_total") : null;
      if (!given.length) return null;
      const [all, added] = [figures.get(total), sum(given.map((name) => figures.get(name)))];
      const isAbove = added.lower > all.upper;
      const isBelow = full && given.length === parts.length && added.upper < all.lower;
      if (isAbove || isBelow) {
        for (const name of [total, ...given]) problem(name, isAbove ? "exceed" : "short", { parts: printed(added), total: printed(all) });
      }
      return null;
    }
  }

  return { problems };
};
