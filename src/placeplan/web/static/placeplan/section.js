// Editing one section: every change is kept in the draft a moment after it is typed, and the findings are shown anew.

const PAUSE = 700;
const RETRY = 4000;

const form = document.querySelector("[data-section]");
if (form) start(form);

function start(form) {
  const state = { checksum: form.dataset.checksum, waiting: false, sending: false, timer: 0, stopped: false };
  const editor = form.querySelector("[data-grid]") ? grid(form, changed) : text(form, changed);
  const status = form.querySelector("[role=status]");

  function changed() {
    if (state.stopped) return;
    state.waiting = true;
    say("Not kept yet …");
    clearTimeout(state.timer);
    state.timer = setTimeout(send, PAUSE);
  }

  async function send() {
    if (state.sending || !state.waiting || state.stopped) return;
    state.sending = true;
    state.waiting = false;
    try {
      const answer = await fetch(form.dataset.write, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.dataset.token },
        body: JSON.stringify({ ...editor.content(), replaces: state.checksum }),
      });
      await take(answer);
    } catch {
      state.waiting = true;
      say("The connection is gone. What you typed is in this window and is tried again.", true);
      state.timer = setTimeout(send, RETRY);
    }
    state.sending = false;
    if (state.waiting && !state.stopped) state.timer = setTimeout(send, PAUSE);
  }

  async function take(answer) {
    if (answer.redirected) {
      state.stopped = true;
      return say("You are signed out. Sign in in another window, then change a cell here again.", true);
    }
    const found = await answer.json();
    if (answer.status === 409) {
      state.stopped = true;
      return overtaken(found);
    }
    if (!answer.ok) return say(found.problem || "This could not be kept.", true);
    state.checksum = found.checksum;
    form.dataset.checksum = found.checksum;
    say(`Kept in your draft at ${new Date().toLocaleTimeString("en-GB")}.`);
    showFindings(found);
    editor.mark(found.findings);
  }

  function overtaken(found) {
    say(found.problem, true);
    const box = form.querySelector("[data-overtaken]");
    box.hidden = false;
    box.querySelector("[data-keep]").onclick = () => {
      state.checksum = found.checksum;
      state.stopped = false;
      box.hidden = true;
      changed();
    };
    box.querySelector("[data-take]").onclick = () => window.location.reload();
    box.focus();
  }

  function say(words, wrong = false) {
    status.textContent = words;
    status.classList.toggle("wrong", wrong);
  }

  window.addEventListener("beforeunload", (event) => {
    if (state.waiting || state.sending) event.preventDefault();
  });
  editor.mark(JSON.parse(document.getElementById("findings-now").textContent));
}

function text(form, changed) {
  const area = form.querySelector("textarea");
  area.addEventListener("input", changed);
  return { content: () => ({ text: area.value }), mark: () => {} };
}

function grid(form, changed) {
  const place = form.querySelector("[data-grid]");
  const data = JSON.parse(document.getElementById("grid-data").textContent);
  const columns = data.columns.map((column) => ({
    title: column.heading,
    tooltip: column.title,
    width: column.by_year ? 110 : Math.min(320, 60 + 8 * column.heading.length + (column.choices.length ? 40 : 60)),
    align: column.by_year ? "right" : "left",
    type: column.choices.length ? "dropdown" : "text",
    source: column.choices.length ? ["", ...column.choices] : undefined,
    autocomplete: column.choices.length > 8,
    wordWrap: !column.by_year,
  }));
  const [sheet] = jspreadsheet(place, {
    worksheets: [{
      data: data.rows.length ? data.rows : [columns.map(() => "")],
      columns,
      minDimensions: [columns.length, 1],
      allowInsertColumn: false,
      allowDeleteColumn: false,
      columnSorting: false,
      columnDrag: false,
      editable: place.dataset.editable === "yes",
    }],
    parseFormulas: false,
    about: false,
    onafterchanges: changed,
    oninsertrow: changed,
    ondeleterow: changed,
    onmoverow: changed,
    onundo: changed,
    onredo: changed,
  });
  const lines = data.lines.length ? data.lines : [2];
  const order = data.columns.map((column) => column.heading);
  return {
    content: () => ({ headings: order, rows: sheet.getData().map((row) => row.map((cell) => String(cell ?? ""))) }),
    mark: (findings) => {
      for (const cell of place.querySelectorAll(".has-error, .has-warning")) cell.classList.remove("has-error", "has-warning");
      for (const each of findings) {
        const row = lines.indexOf(each.line);
        const column = order.indexOf(each.field);
        const cell = row >= 0 && column >= 0 ? sheet.getCellFromCoords(column, row) : null;
        if (cell && each.severity !== "note") cell.classList.add(`has-${each.severity}`);
      }
    },
  };
}

function showFindings(found) {
  const list = document.querySelector("[data-findings]");
  const heading = document.querySelector("[data-findings-heading]");
  list.replaceChildren(...found.findings.map(finding));
  heading.textContent = found.findings.length ? `Found here: ${found.findings.length}` : "Nothing is found here";
  for (const [severity, count] of Object.entries(found.counts)) {
    const place = document.querySelector(`[data-count="${severity}"]`);
    if (place) place.textContent = count;
  }
}

function finding(each) {
  const item = document.createElement("li");
  item.className = `is-${each.severity}`;
  const words = document.createElement("p");
  words.textContent = each.words;
  const where = document.createElement("p");
  where.className = "where";
  where.textContent = [each.code, each.line ? `row on line ${each.line}` : "", each.field, each.suggestion].filter(Boolean).join(" · ");
  item.append(words, where);
  return item;
}
