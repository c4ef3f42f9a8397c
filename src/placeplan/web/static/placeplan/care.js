// Sliders of the care model and of hubs: what they come to is asked for a moment after one is moved, and put in.

const PAUSE = 150;
const LOOK_AGAIN = 2000;

const desk = document.querySelector("[data-desk]");
if (desk) startDesk(desk);
const hubs = document.querySelector("[data-hubs]");
if (hubs) startHubs(hubs);

function startDesk(desk) {
  const form = desk.querySelector("[data-form]");
  const ask = asking((text) => put(desk, text));
  const address = () => `${desk.dataset.answer}?${query(form)}`;
  const look = () => ask(address(), desk.querySelector("[data-body]"));

  form.querySelector("[data-work]").hidden = true;
  for (const slider of form.querySelectorAll("[data-one]")) startSlider(slider, look);
  for (const other of form.querySelectorAll("select, input[type=radio]")) other.addEventListener("change", look);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  form.querySelector("[data-reset]").addEventListener("click", (event) => {
    event.preventDefault();
    for (const slider of form.querySelectorAll("[data-one]")) {
      const range = slider.querySelector("[type=range]");
      range.value = range.dataset.planned;
      slider.querySelector("[type=number]").value = range.value;
    }
    look();
  });
  // What is kept is where the sliders stand, also in the moment before their answer is here.
  desk.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[name=sliders]");
    if (field) field.value = query(form);
  });
  desk.addEventListener("look-again", () => ask(address(), null));
  again(desk, live(desk));
}

function startSlider(slider, look) {
  const range = slider.querySelector("[type=range]");
  const number = slider.querySelector("[type=number]");
  number.hidden = false;
  slider.querySelector("output").hidden = true;
  range.addEventListener("input", () => {
    number.value = range.value;
    range.setAttribute("aria-valuetext", `${range.value} ${range.name.startsWith("delay.") ? "months later" : "% of the plan"}`);
    look();
  });
  number.addEventListener("change", () => {
    if (number.value !== "") range.value = number.value;
    number.value = range.value;
    look();
  });
}

// Only what differs from the plan stands in the address.
function query(form) {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const range = form.elements.namedItem(name);
    if (!(range instanceof HTMLInputElement && range.type === "range" && range.value === range.dataset.planned)) given.set(name, value);
  }
  return given;
}

function asking(take) {
  let timer = 0;
  let request = null;
  return (address, busy) => {
    clearTimeout(timer);
    if (request) request.abort();
    if (busy) busy.setAttribute("aria-busy", "true");
    timer = setTimeout(async () => {
      request = new AbortController();
      try {
        const answer = await fetch(address, { signal: request.signal, headers: { "X-Part": "part" } });
        if (answer.redirected) return window.location.reload();
        take(await answer.text());
      } catch (error) {
        if (error.name === "AbortError") return; // the page is busy with what was asked since
        fail();
      }
      if (busy) busy.removeAttribute("aria-busy");
    }, busy ? PAUSE : 0);
  };
}

function fail() {
  document.querySelector("[data-says]").textContent = "The connection is gone. Move a slider to try again.";
}

function put(desk, text) {
  const given = new DOMParser().parseFromString(text, "text/html");
  const found = live(given);
  if (!found) return fail();
  swap(desk.querySelector("[data-head]"), given.querySelector("[data-head]"));
  swap(desk.querySelector("[data-body]"), given.querySelector("[data-body]"));
  for (const [name, slider] of Object.entries(found.readings)) tell(desk.querySelector(`[data-one="${name}"]`), slider);
  for (const field of desk.querySelectorAll("[data-sliders]")) field.value = found.sliders;
  for (const count of desk.querySelectorAll("[data-changed]")) count.textContent = found.changed;
  desk.querySelector("[data-link]").href = found.link;
  const says = desk.querySelector("[data-says]");
  if (says.textContent !== found.says) says.textContent = found.says;
  window.history.replaceState(null, "", `${desk.dataset.page}?${found.sliders}`);
  again(desk, found);
}

function tell(slider, found) {
  slider.classList.toggle("is-moved", found.moved);
  slider.querySelector(".slider-words").textContent = found.words;
  slider.querySelector("[type=range]").setAttribute("aria-valuetext", found.spoken);
}

// What was opened, scrolled or in use stays so.
function swap(old, fresh) {
  if (!old || !fresh) return;
  const open = [...old.querySelectorAll("details")].map((each) => each.open);
  const scrolled = [...old.querySelectorAll(".scroll")].map((each) => each.scrollLeft);
  old.replaceChildren(...fresh.childNodes);
  old.querySelectorAll("details").forEach((each, place) => (each.open = open[place] || false));
  old.querySelectorAll(".scroll").forEach((each, place) => (each.scrollLeft = scrolled[place] || 0));
}

function live(part) {
  const data = part.querySelector("[data-live]");
  return data ? JSON.parse(data.textContent) : null;
}

// A long run is looked at again until it has ended.
function again(desk, found) {
  clearTimeout(desk.lookAgain);
  if (found && found.underWay) desk.lookAgain = setTimeout(() => desk.dispatchEvent(new Event("look-again")), LOOK_AGAIN);
}

function startHubs(hubs) {
  const form = hubs.querySelector("[data-hub-form]");
  const part = hubs.querySelector("[data-part]");
  const ask = asking((text) => {
    const given = new DOMParser().parseFromString(text, "text/html");
    swap(part, given.body);
    const told = part.querySelector("[data-told]");
    if (told) hubs.querySelector("[data-says]").textContent = told.textContent;
    window.history.replaceState(null, "", `${hubs.dataset.page}?${new URLSearchParams(new FormData(form))}`);
  });
  form.querySelector("[data-work]").hidden = true;
  form.addEventListener("input", () => {
    const range = form.querySelector("[type=range]");
    form.querySelector("[data-number]").textContent = range.value;
    range.setAttribute("aria-valuetext", range.value);
    ask(`${hubs.dataset.page}?${new URLSearchParams(new FormData(form))}`, part);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
