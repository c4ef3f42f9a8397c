// The grid of a table: the spreadsheet, with keys, roles and words for those who use no mouse or do not see it.

const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const MOST_WIDE = 320;

export function grid(form, changed) {
  const place = form.querySelector("[data-grid]");
  const data = JSON.parse(document.getElementById("grid-data").textContent);
  const state = {
    columns: data.columns,
    editable: place.dataset.editable === "yes",
    lines: data.lines.length ? [...data.lines] : [2],
    marks: new Map(),
    order: [],
    threads: JSON.parse(document.getElementById("threads-data").textContent),
    at: [0, 0, 0, 0],
    inside: false,
    cell: null,
  };
  const [sheet] = jspreadsheet(place, {
    worksheets: [{
      data: data.rows.length ? data.rows.map((row) => [...row]) : [data.columns.map(() => "")],
      columns: data.columns.map(column),
      minDimensions: [data.columns.length, 1],
      allowInsertColumn: false,
      allowManualInsertColumn: false,
      allowDeleteColumn: false,
      allowRenameColumn: false,
      allowComments: false,
      allowExport: false,
      columnSorting: false,
      columnDrag: false,
      editable: state.editable,
    }],
    parseFormulas: false,
    about: false,
    allowExport: false,
    contextMenu: () => false,
    onbeforepaste: (_, cells, x) => pasted(state, cells, Number(x)),
    onselection: (_, x1, y1, x2, y2) => selected(x1, y1, x2, y2),
    onafterchanges: touched,
    oninsertrow: touched,
    ondeleterow: touched,
    onmoverow: touched,
    onundo: touched,
    onredo: touched,
  });
  const bar = form.querySelector("[data-bar]");
  const table = place.querySelector(".jss_worksheet");

  function touched() {
    named();
    if (state.inside) requestAnimationFrame(() => show(state.at[0], state.at[1]));
    changed();
  }

  function selected(x1, y1, x2, y2) {
    state.at = [x1, y1, x2, y2].map(Number);
    show(state.at[0], state.at[1]);
  }

  // The cell that is chosen has the focus, so that a screen reader reads it, with what the bar says of it.
  function show(x, y) {
    const cell = sheet.getCellFromCoords(x, y);
    if (!cell) return;
    state.cell?.removeAttribute("aria-describedby");
    state.cell?.setAttribute("tabindex", "-1");
    state.cell = cell;
    cell.setAttribute("tabindex", "0");
    cell.setAttribute("aria-describedby", "cell-words");
    tell(x, y);
    if (state.inside && !cell.classList.contains("editor") && document.activeElement !== cell) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  function tell(x, y) {
    const column = state.columns[x];
    const found = state.marks.get(`${x},${y}`) ?? [];
    const ofRow = state.marks.get(`row,${y}`) ?? [];
    bar.querySelector("[data-bar-name]").textContent = `Row ${y + 1}, ${column.heading}: ${column.title}${column.required ? " (needed)" : ""}`;
    const words = bar.querySelector("[data-bar-words]");
    const said = [...found, ...ofRow];
    words.replaceChildren(...(said.length ? said.map(paragraph) : [column.expected && column.kind !== "text" ? `Expected ${column.expected}.` : ""]));
    const key = keyOf(y);
    const links = bar.querySelector("[data-bar-links]");
    links.hidden = !key.some((part) => part);
    const query = new URLSearchParams(key.map((part) => ["key", part]));
    bar.querySelector("[data-bar-form]").href = `${place.dataset.rows}?${query}`;
    const about = nameOf(key);
    const open = state.threads[about] ?? 0;
    const threads = bar.querySelector("[data-bar-threads]");
    threads.href = `${place.dataset.threads}?${new URLSearchParams({ section: place.dataset.name })}&${query}`;
    threads.textContent = `Comments on this row${open ? ` (${open} open)` : ""}`;
  }

  function keyOf(y) {
    const cells = sheet.getRowData(y) ?? [];
    return state.columns.flatMap((column, x) => (column.key ? [String(cells[x] ?? "").trim()] : []));
  }

  // As the server names a row; a name that is cut there has no count here.
  function nameOf(key) {
    return [place.dataset.name, ...key.map((part) => part || "-")].join(" · ");
  }

  // Roles and names of a grid, after each change of its rows.
  function named() {
    table.setAttribute("role", "grid");
    table.setAttribute("aria-labelledby", "section-title");
    table.setAttribute("aria-readonly", state.editable ? "false" : "true");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const cell of table.tHead.rows[0].cells) cell.setAttribute("role", "columnheader");
    const records = sheet.records ?? [];
    records.forEach((cells, y) => {
      const first = cells[0]?.element.parentNode.cells[0];
      first?.setAttribute("role", "rowheader");
      const open = state.threads[nameOf(keyOf(y))] ?? 0;
      first?.classList.toggle("has-threads", open > 0);
      if (first) first.title = open ? `${open} open` : "";
      cells.forEach(({ element }) => {
        element.setAttribute("role", "gridcell");
        if (element !== state.cell) element.setAttribute("tabindex", "-1");
      });
    });
    if (!state.cell?.isConnected) {
      state.cell = records[0]?.[0]?.element ?? null;
      state.cell?.setAttribute("tabindex", "0");
    }
  }

  function mark(findings, lines) {
    if (lines?.length) state.lines = lines;
    for (const cell of place.querySelectorAll(".has-error, .has-warning, .has-note")) {
      cell.classList.remove("has-error", "has-warning", "has-note");
      cell.removeAttribute("aria-invalid");
    }
    state.marks.clear();
    for (const each of findings) {
      if (each.waived) continue;
      const y = state.lines.indexOf(each.line);
      if (y < 0) continue;
      const x = state.columns.findIndex((column) => column.heading === each.field);
      const name = x < 0 ? `row,${y}` : `${x},${y}`;
      state.marks.set(name, [...(state.marks.get(name) ?? []), each]);
      const cell = x < 0 ? sheet.records[y]?.[0]?.element.parentNode.cells[0] : sheet.getCellFromCoords(x, y);
      cell?.classList.add(`has-${each.severity}`);
      if (each.severity === "error") cell?.setAttribute("aria-invalid", "true");
    }
    state.order = [...state.marks.keys()].map((name) => name.split(",")).map(([x, y]) => [x === "row" ? 0 : Number(x), Number(y)]);
    state.order.sort((one, other) => one[1] - other[1] || one[0] - other[0]);
    tell(state.at[0], Math.min(state.at[1], sheet.records.length - 1));
  }

  function choose(x, y) {
    enter();
    sheet.updateSelectionFromCoords(x, y, x, y);
    sheet.getCellFromCoords(x, y)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function enter() {
    state.inside = true;
    jspreadsheet.current = sheet;
  }

  function leave() {
    state.inside = false;
    jspreadsheet.current = null;
  }

  const tools = {
    undo: () => sheet.undo(),
    redo: () => sheet.redo(),
    insert: () => {
      const below = Math.max(state.at[1], state.at[3]);
      sheet.insertRow(1, below, 0);
      choose(0, below + 1);
    },
    remove: () => {
      const [from, to] = [Math.min(state.at[1], state.at[3]), Math.max(state.at[1], state.at[3])];
      const all = sheet.records.length;
      if (to - from + 1 >= all) sheet.insertRow(1, all - 1, 0);
      sheet.deleteRow(from, to - from + 1);
      choose(state.at[0], Math.min(from, sheet.records.length - 1));
    },
    fill: () => {
      const [x1, x2] = [Math.min(state.at[0], state.at[2]), Math.max(state.at[0], state.at[2])];
      const [y1, y2] = [Math.min(state.at[1], state.at[3]), Math.max(state.at[1], state.at[3])];
      // One cell alone is filled with the one above it, as spreadsheets do.
      const [from, first] = y1 === y2 ? [Math.max(0, y1 - 1), y1] : [y1, y1 + 1];
      const cells = [];
      for (let y = first; y <= y2; y += 1) {
        for (let x = x1; x <= x2; x += 1) cells.push({ x, y, value: String(sheet.getValueFromCoords(x, from) ?? "") });
      }
      sheet.setValue(cells);
    },
    next: () => {
      const [x, y] = state.at;
      const after = state.order.find((cell) => cell[1] > y || (cell[1] === y && cell[0] > x)) ?? state.order[0];
      if (after) choose(...after);
      else bar.querySelector("[data-bar-words]").textContent = "Nothing is found in this table.";
    },
  };
  const chords = { "alt+Insert": "insert", "alt+Delete": "remove", "ctrl+d": "fill", "ctrl+D": "fill", F8: "next" };

  function use(name) {
    if (!state.editable && name !== "next") return;
    tools[name]();
  }

  form.querySelector(".tools")?.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (!tool) return;
    use(tool.dataset.tool);
    if (tool.dataset.tool !== "next") choose(...state.at.slice(0, 2).map((each, n) => Math.min(each, n ? sheet.records.length - 1 : each)));
  });

  place.addEventListener("focusin", (event) => {
    if (event.target.closest("td[data-x], .jss_content, .jss_textarea")) {
      enter();
      const { x, y } = event.target.dataset;
      if (x !== undefined && (Number(x) !== state.at[0] || Number(y) !== state.at[1] || !sheet.selectedCell)) {
        sheet.updateSelectionFromCoords(Number(x), Number(y), Number(x), Number(y));
      }
    }
  });
  document.addEventListener("focusin", (event) => {
    if (!place.contains(event.target) && !event.target.closest(".jcontextmenu, .jdropdown, .jcalendar")) leave();
  });
  // Ahead of the spreadsheet's own keys, which it takes from the whole page.
  window.addEventListener("keydown", (event) => {
    if (!state.inside || sheet.edition || jspreadsheet.current?.edition) return;
    const name = `${event.altKey ? "alt+" : ""}${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.key}`;
    if (chords[name]) {
      event.preventDefault();
      event.stopImmediatePropagation();
      use(chords[name]);
    } else if (event.key === "Escape") {
      event.stopImmediatePropagation();
      leave();
      bar.querySelector("[data-bar-name]").textContent = "You left the grid. Tab goes on; Shift+Tab and Tab come back.";
      state.cell?.focus({ preventScroll: true });
      state.inside = false;
      jspreadsheet.current = null;
    } else if (event.ctrlKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  named();
  leave();
  return {
    content: () => ({
      headings: state.columns.map((each) => each.heading),
      rows: sheet.getData().map((row) => state.columns.map((_, x) => String(row[x] ?? ""))),
    }),
    mark,
    go: (line, field) => {
      const y = state.lines.indexOf(line);
      const x = Math.max(0, state.columns.findIndex((each) => each.heading === field));
      if (y >= 0) choose(x, y);
    },
  };
}

function column(each) {
  const many = each.choices.length > 0;
  const letters = Math.max(each.heading.length, ...each.choices.map((word) => word.length));
  const wide = each.by_year ? 110 : Math.min(MOST_WIDE, 8 * letters + (many ? 50 : 110));
  return {
    title: each.heading,
    tooltip: each.title,
    width: wide,
    align: each.by_year || each.kind.startsWith("number") || each.kind === "percentage" ? "right" : "left",
    type: many ? "dropdown" : "text",
    source: many ? ["", ...each.choices] : undefined,
    autocomplete: each.choices.length > 8,
    wordWrap: !each.by_year,
  };
}

// What a spreadsheet puts on the clipboard: its last line is empty, it may be wider than the table, and its days are as
// its country writes them. In a column of days 01/04/2014 is the first of April, as England writes it.
function pasted(state, cells, x) {
  const rows = cells.map((row) => row.map((cell) => String(cell.value ?? "")));
  while (rows.length > 1 && rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows.map((row) => row.slice(0, state.columns.length - x).map((cell, n) => asDay(state.columns[x + n], cell)));
}

function asDay(column, text) {
  const found = column.kind === "date" ? text.trim().match(DAY_FIRST) : null;
  return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : text.trim();
}

function paragraph(each) {
  const words = document.createElement("span");
  words.className = each.severity;
  words.textContent = `${each.severity}: ${each.words}${each.suggestion ? ` ${each.suggestion}` : ""} `;
  return words;
}
