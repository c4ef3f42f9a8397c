// Writing a text: a preview that the server makes, and figures that are found by their words and put in at the cursor.
import { goToLine } from "./lines.js";

const PAUSE = 500;

export function narrative(form, changed) {
  const area = form.querySelector("textarea");
  const preview = form.querySelector("[data-preview]");
  const showing = { timer: 0, asked: 0 };

  area.addEventListener("input", () => {
    changed();
    clearTimeout(showing.timer);
    showing.timer = setTimeout(show, PAUSE);
  });

  async function show() {
    const asked = ++showing.asked;
    try {
      const answer = await fetch(preview.dataset.previewAddress, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.dataset.token },
        body: JSON.stringify({ text: area.value }),
      });
      if (answer.ok && !answer.redirected && asked === showing.asked) preview.innerHTML = await answer.text();
    } catch {
      // the line above the text says that the connection is gone
    }
  }

  const dialog = form.querySelector("[data-figures]");
  const opener = form.querySelector("[data-figures-open]");
  if (opener) figures(area, dialog, opener);
  return { content: () => ({ text: area.value }), mark: () => {}, go: (line) => goToLine(area, line) };
}

function figures(area, dialog, opener) {
  const words = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const said = dialog.querySelector("[role=status]");
  const state = { timer: 0, asked: 0, at: 0, chosen: [0, 0], words: null };

  opener.addEventListener("click", open);
  area.addEventListener("keydown", (event) => {
    if (event.altKey && event.key.toLowerCase() === "f") {
      event.preventDefault();
      open();
    }
  });
  dialog.querySelector("[data-figures-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => area.focus());
  words.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(find, 150);
  });
  words.addEventListener("keydown", async (event) => {
    const options = list.children;
    if (event.key === "Enter") {
      event.preventDefault();
      if (state.words !== words.value) await find(); // what is typed faster than it is found
      if (options[state.at]) put(options[state.at].dataset.figure);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(Math.max(0, Math.min(options.length - 1, state.at + (event.key === "ArrowDown" ? 1 : -1))));
    }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) put(option.dataset.figure);
  });

  function open() {
    state.chosen = [area.selectionStart, area.selectionEnd];
    dialog.showModal();
    words.select();
    find();
  }

  async function find() {
    const asked = ++state.asked;
    const wanted = words.value;
    clearTimeout(state.timer);
    try {
      const answer = await fetch(`${dialog.dataset.find}?q=${encodeURIComponent(wanted)}`);
      const found = await answer.json();
      if (asked !== state.asked) return;
      state.words = wanted;
      list.replaceChildren(...found.figures.map(option));
      said.textContent = found.figures.length ? `${found.figures.length}${found.more ? " and more" : ""} found` : "No figure has these words.";
      choose(0);
    } catch {
      said.textContent = "The figures could not be fetched. Try again.";
    }
  }

  function option(figure, place) {
    const item = document.createElement("li");
    item.id = `figure-${place}`;
    item.setAttribute("role", "option");
    item.dataset.figure = figure.id;
    const printed = document.createElement("b");
    printed.textContent = figure.printed;
    const name = document.createElement("span");
    name.className = "code";
    name.textContent = figure.id;
    item.append(printed, ` ${figure.label} `, name);
    return item;
  }

  function choose(place) {
    state.at = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === place ? "true" : "false"));
    const chosen = list.children[place];
    if (chosen) {
      words.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else words.removeAttribute("aria-activedescendant");
  }

  // A number that is chosen in the text keeps its words and is tied to the figure; else the figure itself is put in.
  function put(figure) {
    const chosen = area.value.slice(...state.chosen);
    dialog.close();
    area.focus();
    area.setSelectionRange(...state.chosen);
    const text = chosen.trim() ? `[${chosen}](figure:${figure})` : `{{ ${figure} }}`;
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
