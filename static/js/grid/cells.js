// The table as cells: read once from the page, by place, by element, and by row and column.

import { Column } from "grid/columns"

export class Cell {
  constructor(element, { row, place, column }) {
    const { value, version, calc, state, why } = element.dataset
    Object.assign(this, { element, row, place, column })
    this.tr = element.parentElement
    this.key = this.tr.dataset.row
    this.value = value ?? ""
    this.seen = this.value // what the server has
    this.version = Number(version ?? 0)
    this.isOpen = version !== undefined
    this.calc = calc
    this.note = element.querySelector(".grid-note")?.textContent ?? ""
    this.noteState = state ?? ""
    this.why = why ?? "" // why it is closed
    this.mark = "" // changed, saving, saved, wrong or conflict
    this.message = "" // what is wrong
    this.isUnread = false // the value is what was written, and cannot be read
    this.sent = new Set() // values whose answer was lost
  }

  get isLabel() {
    return this.column.kind === "label"
  }

  get isHidden() {
    return this.tr.hidden
  }

  // What copying takes, and what an editor begins with.
  get text() {
    if (this.isLabel) return this.element.textContent.trim()
    return this.isUnread ? this.value : this.column.written(this.value)
  }

  get state() {
    return { value: this.value, problem: this.isUnread ? this.message : "" }
  }
}

export class Cells {
  constructor(table) {
    this.columns = [...table.tHead.rows[0].cells].map((head) => new Column(head))
    this.byElement = new Map()
    this.byName = new Map()
    this.rows = [...table.querySelectorAll(":scope > tbody > tr, :scope > tfoot > tr")].map((tr, row) =>
      [...tr.cells].map((element, place) => this.take(new Cell(element, { row, place, column: this.columns[place] }))),
    )
  }

  take(cell) {
    this.byElement.set(cell.element, cell)
    if (cell.key) this.byName.set(nameOf(cell.key, cell.column.key), cell)
    return cell
  }

  get all() {
    return this.rows.flat()
  }

  get first() {
    return this.all.find((cell) => cell.isOpen) ?? this.rows[0]?.[0]
  }

  at(row, place) {
    return this.rows[row]?.[place]
  }

  named({ row, column }) {
    return this.byName.get(nameOf(row, column))
  }

  of(element) {
    return this.byElement.get(element?.closest?.("td, th"))
  }

  inRow(cell, key) {
    return this.rows[cell.row].find((other) => other.column.key === key)
  }

  label(cell) {
    const [{ element }] = this.rows[cell.row]
    return (element.querySelector("a") ?? element.firstChild).textContent.trim()
  }
}

function nameOf(row, column) {
  return `${row}\n${column}`
}
