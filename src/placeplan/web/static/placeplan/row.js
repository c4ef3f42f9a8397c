// A form of one row: what is wrong is where reading begins.
document.querySelector("[data-focus]")?.focus();
