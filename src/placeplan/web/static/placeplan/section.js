// Editing one section: every change is kept in the draft a moment after it is typed, and what is found is shown anew.
import { grid } from "./grid.js";
import { goToLine } from "./lines.js";
import { narrative } from "./narrative.js";

const PAUSE = 700;
const RETRY = 4000;

const form = document.querySelector("[data-section]");
if (form) start(form);

function start(form) {
  const state = { checksum: form.dataset.checksum, waiting: false, sending: false, timer: 0, stopped: false };
  const status = form.querySelector("[role=status]");
  const editor = editorOf(form, changed);
  const shown = { found: document.querySelector("[data-found]"), totals: form.querySelector("[data-totals]") };

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
      if (answer.status >= 502) throw new Error("the server is not there");
      await take(answer);
    } catch {
      state.waiting = true;
      say("The connection is gone. What you typed is in this window and is tried again.", true);
      state.timer = setTimeout(send, RETRY);
    }
    state.sending = false;
    if (state.waiting && !state.stopped) {
      clearTimeout(state.timer);
      state.timer = setTimeout(send, status.classList.contains("wrong") ? RETRY : PAUSE);
    }
  }

  async function take(answer) {
    if (answer.redirected || answer.status === 403) {
      state.stopped = true;
      return say("You are signed out, or may not change this any more. Sign in in another window, then load this page again; copy what you typed first.", true);
    }
    const found = await answer.json();
    if (answer.status === 409) {
      state.stopped = true;
      return overtaken(found);
    }
    if (!answer.ok) return say(found.problem || "This could not be kept.", true);
    state.checksum = found.checksum;
    form.dataset.checksum = found.checksum;
    // What was typed while this was sent is still to be kept, and "Not kept yet" stands.
    if (!state.waiting) say(`Kept in your draft at ${new Date().toLocaleTimeString("en-GB")}.`);
    for (const [part, place] of Object.entries(shown)) if (place) put(place, found.shown[part]);
    const undo = form.querySelector("[data-undo]");
    if (undo) undo.hidden = !found.changed;
    if (!state.waiting) editor.mark(found.findings, found.lines);
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
    // What each window changed can stand together where they changed different paragraphs of a text.
    const both = box.querySelector("[data-both]");
    const area = form.querySelector("textarea");
    both.hidden = !area || typeof found.both !== "string";
    both.onclick = () => {
      area.value = found.both;
      state.checksum = found.checksum;
      state.stopped = false;
      box.hidden = true;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
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
  // Leaving the window, or hiding it on a telephone, keeps what was typed at once.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && state.waiting) send();
  });
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-go]");
    if (to) editor.go(Number(to.dataset.go), to.dataset.field);
  });
  editor.mark(JSON.parse(document.getElementById("findings-now").textContent));
}

// What the server made of the same templates; where the page was scrolled to inside of it is kept.
function put(place, html) {
  const left = place.querySelector(".scroll")?.scrollLeft ?? 0;
  const focused = place.contains(document.activeElement) ? document.activeElement.textContent : "";
  place.innerHTML = html;
  const scroll = place.querySelector(".scroll");
  if (scroll) scroll.scrollLeft = left;
  if (focused) [...place.querySelectorAll("a, button, [tabindex]")].find((each) => each.textContent === focused)?.focus();
}

function editorOf(form, changed) {
  if (form.querySelector("[data-grid]")) return grid(form, changed);
  if (form.querySelector("[data-preview]")) return narrative(form, changed);
  return plain(form, changed);
}

function plain(form, changed) {
  const area = form.querySelector("textarea");
  area.addEventListener("input", changed);
  return { content: () => ({ text: area.value }), mark: () => {}, go: (line) => goToLine(area, line) };
}
