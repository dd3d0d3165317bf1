// The neutral page of the quick exit: a calendar of this month, which asks nobody for anything.
import "./style/calendar.css";

const today = new Date();
const first = new Date(today.getFullYear(), today.getMonth(), 1);
const days = new Date(today.getFullYear(), today.getMonth() + 1, 0).getDate();
const before = (first.getDay() + 6) % 7; // weeks begin on Monday

const heading = document.createElement("h1");
heading.textContent = `Tháng ${today.getMonth() + 1}, ${today.getFullYear()}`;
const table = document.createElement("table");
const head = table.createTHead().insertRow();
for (const name of ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]) {
  const cell = document.createElement("th");
  cell.scope = "col";
  cell.textContent = name;
  head.append(cell);
}
const body = table.createTBody();
for (let start = 1 - before; start <= days; start += 7) {
  const week = body.insertRow();
  for (let day = start; day < start + 7; ++day) {
    const cell = week.insertCell();
    if (day >= 1 && day <= days) cell.textContent = String(day);
    if (day === today.getDate()) cell.setAttribute("aria-current", "date");
  }
}
document.getElementById("calendar")?.append(heading, table);
