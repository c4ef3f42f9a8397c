// A figure opens its derivation in a dialog. Without this script the link leads to the same derivation in the appendix.
(() => {
  const dialog = document.getElementById("derivation");
  if (!dialog || !dialog.showModal) return;
  const body = dialog.querySelector(".dialog-body");
  const back = dialog.querySelector(".back");
  const trail = [];
  const show = (id) => {
    const copy = document.getElementById(id).cloneNode(true);
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
    copy.removeAttribute("aria-labelledby");
    body.replaceChildren(copy);
    back.hidden = trail.length < 2;
    dialog.scrollTop = 0;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.figure");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = decodeURIComponent(link.hash.slice(1));
    if (!document.getElementById(id)) return;
    event.preventDefault();
    trail.push(id);
    show(id);
    if (!dialog.open) dialog.showModal();
    else copyFocus();
  });
  const copyFocus = () => dialog.querySelector("article").focus();
  back.addEventListener("click", () => { trail.pop(); show(trail[trail.length - 1]); copyFocus(); });
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { trail.length = 0; body.replaceChildren(); });
})();
