// Header cells: those of a thead, or of a first row that is bold throughout.

import { all, styleOf, wordsOf } from "richtext/pasted"
import { rename, unwrap } from "richtext/dom"

const BOLD = "b, strong"

export function markHeaderCells(doc) {
  for (const table of all("table", doc)) {
    const [first] = table.rows
    if (!first) continue
    const head = table.tHead?.rows.length ? [...table.tHead.rows] : isBold(first) ? [first] : []
    for (const cell of head.flatMap((row) => [...row.cells])) asHeader(cell)
  }
}

function isBold(row) {
  return [...row.cells].every((cell) => wordsOf(cell) && wordsOf(cell) === boldWordsOf(cell))
}

function boldWordsOf(cell) {
  const bold = all(`${BOLD}, span`, cell).filter((each) => each.matches(BOLD) || /font-weight: ?(bold|[6-9]00)/.test(styleOf(each)))
  const outermost = bold.filter((each) => !bold.some((other) => other !== each && other.contains(each)))
  return outermost.map((each) => each.textContent).join("").replace(/[\s\u00a0]+/g, " ").trim()
}

function asHeader(cell) {
  all(BOLD, cell).forEach(unwrap)
  if (cell.localName === "th") return
  const { colSpan, rowSpan } = cell
  Object.assign(rename(cell, "th"), { colSpan, rowSpan })
}
