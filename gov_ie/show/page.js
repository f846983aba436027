"use strict";
// Without this script the page is complete: the index is sorted worst first, every fact is a link to its words.
const index = document.getElementById("index");
const rows = [...index.tBodies[0].rows];
const sections = new Map(rows.map((row) => [row, document.getElementById(row.querySelector("a").hash.slice(1)).closest(".report")]));
const heads = [...index.tHead.rows[0].cells];
const find = document.getElementById("find");
const failed = document.getElementById("failed");
const repeated = document.getElementById("repeated"); // there where a body and year stand more than once
const worst = document.getElementById("worst");
const nothing = document.getElementById("nothing");

function arrange(order) {
  index.tBodies[0].append(...order);
}

function sort(column, direction) {
  const numeric = heads[column].classList.contains("n");
  const sign = direction === "descending" ? -1 : 1;
  const key = ({ cells: { [column]: cell } }) => (numeric ? cell.dataset.n : cell.querySelector(".none") ? "" : cell.textContent.trim());
  const then = (row) => row.cells[column].dataset.then || 0;
  const order = (a, b) => {
    if (a === "" || b === "") return (a === "") - (b === ""); // what is missing comes last either way
    return sign * (numeric ? a - b : a.localeCompare(b, "zh"));
  };
  arrange(rows.map((row) => [key(row), row]).sort(([a, one], [b, other]) => order(a, b) || then(one) - then(other)).map(([, row]) => row));
  heads.forEach((head, i) => (i === column ? head.setAttribute("aria-sort", direction) : head.removeAttribute("aria-sort")));
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.addEventListener("click", () => {
    const first = head.dataset.first || "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    sort(column, head.getAttribute("aria-sort") === first ? other : first);
  });
});
worst.addEventListener("click", () => {
  arrange(rows);
  heads.forEach((head) => head.removeAttribute("aria-sort"));
});

// What the report says itself, and its row in the index: not the names of fields, units and the like, which are the same in all.
const OWN = ".title, .gi-value, .gi-words, .gi-prose li, .gi-facts th .own, .gi-form td, .gi-text";
const LABELS = ".none, .vh, .gi-unit, small:not(.file), [aria-label=empty]";
const said = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE || !node.matches(LABELS)).map((node) => node.textContent).join("");
const words = new Map(); // of a row and its report, made when first asked for
function filter() {
  const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [row, section] of sections) {
    if (wanted.length && !words.has(row)) words.set(row, [...row.cells, ...section.querySelectorAll(OWN)].map(said).join("\n").toLowerCase());
    const fits = wanted.every((word) => words.get(row).includes(word)) && !(failed.checked && row.dataset.failed === "0") && !(repeated?.checked && row.dataset.repeated === undefined);
    row.hidden = section.hidden = !fits;
    shown += fits;
  }
  document.getElementById("found").textContent = shown < rows.length ? `${shown} of ${rows.length} reports` : "";
  nothing.hidden = shown > 0 || !rows.length;
  nothing.firstElementChild.textContent = failed.checked && rows.every((row) => row.dataset.failed === "0") ? "No report has a failed check." : "No report fits what is asked for above.";
}
let waiting;
find.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(filter, 120);
});
failed.addEventListener("change", filter);
repeated?.addEventListener("change", filter);
nothing.querySelector("button").addEventListener("click", () => {
  document.getElementById("controls").reset();
  filter();
  find.focus();
});
document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("controls").hidden = false;

// Older browsers do not open a closed report for a link into it, and all move the page where scrolling the text is enough.
function reveal(id) {
  const target = document.getElementById(id);
  const report = target && target.closest("details.report");
  if (report) report.open = true;
  return target;
}

function follow(link, event) {
  const target = reveal(link.hash.slice(1));
  const text = target && target.closest(".gi-text");
  if (!text || getComputedStyle(text).overflowY !== "auto") return;
  event.preventDefault();
  const y = scrollY;
  location.hash = link.hash;
  scrollTo({ top: y, behavior: "instant" });
  const frame = text.getBoundingClientRect();
  const [top, bottom] = [Math.max(frame.top, 0), Math.min(frame.bottom, innerHeight)]; // of what can be seen of it
  text.scrollBy({ top: target.getBoundingClientRect().top - top - (bottom - top) / 3 });
  target.scrollIntoView({ block: "nearest" });
}

// From words of the text to the facts that were read from them.
function trace(words) {
  document.querySelectorAll(".found").forEach((fact) => fact.classList.remove("found"));
  const links = [...document.querySelectorAll(`.facts a[href="#${CSS.escape(words.id)}"]`)];
  const facts = links.map((link) => link.closest(".gi-form td, tr, li"));
  facts.forEach((fact) => fact.classList.add("found"));
  (facts.find((fact) => fact.id) || facts[0])?.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const words = event.target.closest(".gi-text [id]");
  if (link) follow(link, event);
  else if (words && getSelection().isCollapsed) trace(words);
});
if (location.hash) reveal(location.hash.slice(1))?.scrollIntoView();
