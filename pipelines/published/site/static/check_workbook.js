// Reads the sheets of a workbook: the text of each cell, and what keeps it from being an answer.
// Nothing is calculated: the last result of a formula may be old, so it is never used.
window.tipstat = window.tipstat || {};
window.tipstat.check = window.tipstat.check || {};
(() => {
  "use strict";
  const { check } = window.tipstat;
  const BOOK = "xl/workbook.xml", LINKS = "xl/_rels/workbook.xml.rels";
  const CELL = /^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$/;
  const MOST = 1_000_000; // cells that formulas and merged ranges may cover
  const FURTHEST = { row: 100_000, column: 1_000 }; // of a cell; a form has some hundred rows
  const DAY = 86_400_000;

  const all = (node, name) => [...node.getElementsByTagNameNS("*", name)];
  const children = (node, name) => [...node.children].filter((each) => each.localName === name);

  function parsed(text) {
    if (text.includes("<!DOCTYPE")) throw new check.Refusal("document_type");
    const found = new DOMParser().parseFromString(text, "application/xml");
    if (found.getElementsByTagName("parsererror").length) throw new check.Refusal("unreadable", { reason: "XML" });
    return found;
  }

  // A place from its reference: `B3` is row 2, column 1.
  function place(reference) {
    const found = CELL.exec(reference);
    if (!found) return null;
    const column = [...found[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    return { row: Number(found[2]) - 1, column };
  }

  check.reference = (row, column) => {
    let letters = "";
    for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
    return `${letters}${row + 1}`;
  };

  // Whether a number format shows numbers as days or times.
  function isOfDays(number, format) {
    if (format === undefined) return (number >= 14 && number <= 22) || (number >= 45 && number <= 47);
    const [first] = format.replace(/\\.|_.|"[^"]*"/g, "").split(";");
    return /\[(h+|m+|s+)\]/i.test(first) || /[dmyhs]/i.test(first.replace(/\[[^\]]*\]/g, ""));
  }

  // Of each style of cells: whether it shows days.
  function styles(text) {
    const book = parsed(text);
    const formats = new Map(all(book, "numFmt").map((each) => [each.getAttribute("numFmtId"), each.getAttribute("formatCode") ?? ""]));
    return all(book, "cellXfs").flatMap((list) => children(list, "xf")).map((each) => {
      const number = each.getAttribute("numFmtId");
      return isOfDays(Number(number), formats.get(number));
    });
  }

  const unescaped = (text) => text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

  // The text of a string, without the phonetic signs that some have.
  const textOf = (node) => unescaped(all(node, "t").filter((each) => each.parentNode.localName !== "rPh").map((each) => each.textContent).join(""));

  const written = (number) => (Number.isInteger(number) ? BigInt(number).toString() : String(number));

  function day(serial, isOf1904) {
    const since = isOf1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
    const found = new Date(since + Math.floor(serial) * DAY);
    return Number.isNaN(found.getTime()) ? "" : found.toISOString().slice(0, 10);
  }

  class Sheet {
    constructor(name, book) {
      Object.assign(this, { name, book, cells: new Map(), last: -1, covered: 0 });
    }

    cell(row, column) {
      return this.cells.get(`${row},${column}`) ?? { text: "", fault: "" };
    }

    place(row, column) {
      return `${this.name}, ${check.reference(row, column)}`;
    }

    put(row, column, cell) {
      if (row > FURTHEST.row || column > FURTHEST.column) throw new check.Refusal("far_beyond", { place: this.place(row, column) });
      this.cells.set(`${row},${column}`, cell);
      this.last = Math.max(this.last, row);
    }

    // Gives all cells of a range such as B2:C4 a fault, if they have none.
    mark(range, fault) {
      const ends = range.split(":").map(place);
      if (ends.length !== 2 || ends.includes(null)) return;
      const [from, to] = ends;
      this.covered += (to.row - from.row + 1) * (to.column - from.column + 1);
      if (this.covered > MOST) throw new check.Refusal("far_beyond", { place: `${this.name}, ${range}` });
      for (let { row } = from; row <= to.row; row += 1) {
        for (let { column } = from; column <= to.column; column += 1) {
          const cell = this.cell(row, column);
          if (!cell.fault) this.put(row, column, { text: fault === "formula" ? "" : cell.text, fault });
        }
      }
    }

    read(text) {
      const sheet = parsed(text);
      let row = -1;
      const ranges = [];
      for (const line of all(sheet, "row")) {
        const given = line.getAttribute("r") ?? "";
        row = /^\d{1,7}$/.test(given) ? Number(given) - 1 : row + 1;
        let column = -1;
        for (const each of children(line, "c")) {
          const found = place(each.getAttribute("r") ?? "") ?? { row, column: column + 1 };
          ({ row, column } = found);
          const [formula] = children(each, "f");
          if (formula) ranges.push([formula.getAttribute("ref") ?? "", "formula"]);
          const cell = formula ? { text: "", fault: "formula" } : this.value(each);
          if (cell.text || cell.fault) this.put(row, column, cell);
        }
      }
      for (const each of all(sheet, "mergeCell")) ranges.push([each.getAttribute("ref") ?? "", "merged"]);
      for (const [range, fault] of ranges) this.mark(range, fault);
      return this;
    }

    value(node) {
      const raw = children(node, "v")[0]?.textContent ?? "";
      const plain = (text, fault = "") => ({ text: text.trim(), fault });
      const kind = node.getAttribute("t") ?? "n";
      if (kind === "e") return { text: "", fault: "error" };
      if (kind === "inlineStr") return plain(children(node, "is").map(textOf).join(""));
      if (raw === "") return plain("");
      if (kind === "s") return plain(this.book.strings[Number(raw)] ?? "");
      if (kind === "str") return plain(unescaped(raw));
      if (kind === "b") return plain(raw === "0" ? "False" : "True");
      if (kind === "d") return plain(raw.slice(0, 10), "date");
      const number = Number(raw);
      if (Number.isNaN(number)) return plain(raw);
      if (this.book.styles[Number(node.getAttribute("s") ?? 0)]) return plain(day(number, this.book.isOf1904), "date");
      return plain(written(number));
    }
  }

  // The sheets of a workbook in their order; refused is what is none, has macros or is damaged.
  check.sheets = async (buffer) => {
    if (!check.isZip(buffer)) throw new check.Refusal("no_workbook");
    const { names, read } = check.unzip(buffer);
    if (![BOOK, LINKS].every((each) => names.includes(each))) throw new check.Refusal("no_workbook");
    if (names.some((each) => /vbaproject\.bin$|^xl\/macrosheets\//i.test(each))) throw new check.Refusal("macros");
    const links = all(parsed(await read(LINKS)), "Relationship");
    const file = (target) => (target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    const part = async (kind) => {
      const link = links.find((each) => (each.getAttribute("Type") ?? "").endsWith(`/${kind}`));
      const name = link && file(link.getAttribute("Target") ?? "");
      return names.includes(name) ? read(name) : null;
    };
    const written = parsed(await read(BOOK));
    const is1904 = all(written, "workbookPr")[0]?.getAttribute("date1904");
    const [strings, looks] = [await part("sharedStrings"), await part("styles")];
    const book = {
      strings: strings === null ? [] : all(parsed(strings), "si").map(textOf),
      styles: looks === null ? [] : styles(looks),
      isOf1904: ["1", "true"].includes(is1904),
    };
    const found = [];
    for (const each of all(written, "sheet")) {
      const id = [...each.attributes].find(({ name }) => name.endsWith(":id"))?.value;
      const name = file(links.find((link) => link.getAttribute("Id") === id)?.getAttribute("Target") ?? "");
      if (names.includes(name)) found.push(new Sheet(each.getAttribute("name") ?? "", book).read(await read(name)));
    }
    return found;
  };
})();
