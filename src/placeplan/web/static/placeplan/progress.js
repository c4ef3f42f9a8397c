// Documents that are being made: the page is asked for again while one is, and only rows that moved on are changed, so
// that nobody loses their place. What is ready is said to who hears the page.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 8000;
const table = document.querySelector("[data-progress]");
const said = document.querySelector("[data-said]");
if (table) wait(FIRST_PAUSE);

function wait(pause) {
  const waits = table.querySelector("[data-state=waiting], [data-state=running]");
  if (waits) setTimeout(look, pause, pause);
}

async function look(pause) {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (answer.redirected) return say("You are signed out. Load this page again to sign in.");
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    wait(Math.min(pause * 1.3, LONGEST_PAUSE));
  } catch {
    say("The connection is gone. This page looks again when it is back.");
    wait(LONGEST_PAUSE);
  }
}

function show(page) {
  const other = page.querySelector("[data-progress]");
  if (!other || other.dataset.progress !== table.dataset.progress) return location.reload();
  for (const row of table.querySelectorAll("[data-row]")) {
    const now = page.querySelector(`[data-row="${row.dataset.row}"]`);
    if (!now) return location.reload();
    if (now.dataset.state !== row.dataset.state) {
      row.replaceWith(document.adoptNode(now));
      say(`${now.querySelector("th").textContent}: ${now.dataset.words}.`);
    } else if (now.querySelector(".working")) {
      row.querySelector(".working").textContent = now.querySelector(".working").textContent;
    }
  }
}

function say(words) {
  said.textContent = words;
}
