// A table in a text that is wider than its column is scrolled by itself: by finger, and by keyboard when focused.

function frame(table) {
  const box = document.createElement("div")
  box.className = "table-scroll"
  table.replaceWith(box)
  box.append(table)
  new ResizeObserver(() => {
    if (table.scrollWidth > box.clientWidth) box.tabIndex = 0
    else box.removeAttribute("tabindex")
  }).observe(box)
}

for (const table of document.querySelectorAll(".sheet table, .version table, .chart-data table")) frame(table)
