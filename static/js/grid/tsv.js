// Cells as a spreadsheet puts them on the clipboard: tabs and lines, and quotes around what has such inside.

const FIELD = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/g

// The last line's end is no row. An unclosed quote (5" rör) stands for itself.
export function readTsv(text) {
  const rows = [[]]
  for (const [, field, end] of text.matchAll(FIELD)) {
    rows.at(-1).push(unquoted(field))
    if (end === "") break
    if (end !== "\t") rows.push([])
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop()
  return rows
}

export function writeTsv(rows) {
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n")
}

function unquoted(field) {
  const isQuoted = field.length > 1 && field.startsWith('"') && field.endsWith('"')
  return isQuoted ? field.slice(1, -1).replaceAll('""', '"') : field
}

function quoted(text) {
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
