// A table that the server has written, made into a grid: its parts, and what a change of a cell means to them all.
// On a narrow screen it stays a table to read, whose rows lead to their own pages.

import { Cells } from "grid/cells"
import { Clipboard } from "grid/clipboard"
import { Editing } from "grid/editing"
import { Formulas } from "grid/formulas"
import { History } from "grid/history"
import { Keys } from "grid/keys"
import { Looks, set } from "grid/looks"
import { Messages } from "grid/messages"
import { Saving } from "grid/saving"
import { Selection } from "grid/selection"

const NARROW = matchMedia("(max-width: 40rem)")

export class Grid {
  constructor(box) {
    this.box = box
    this.table = box.querySelector("table")
    this.cells = new Cells(this.table)
    this.looks = new Looks()
    this.selection = new Selection(this)
    this.messages = new Messages(this, box)
    this.history = new History(this)
    this.formulas = new Formulas(this.cells, this.looks)
    this.editing = new Editing(this)
    this.saving = new Saving(this, box.dataset)
    this.clipboard = new Clipboard(this)
    this.keys = new Keys(this)
    NARROW.addEventListener("change", () => this.enhance())
    this.table.addEventListener("click", (event) => this.isOn || this.follow(event.target))
    this.enhance()
  }

  get isOn() {
    return !NARROW.matches
  }

  // The roles of a grid belong to what can be moved about in.
  enhance() {
    const { isOn } = this
    this.editing.stop({ focus: false })
    set(this.table, "role", isOn && "grid")
    set(this.table, "aria-multiselectable", isOn && "true")
    for (const cell of this.cells.all) {
      set(cell.element, "tabindex", isOn && (cell === this.selection.at ? "0" : "-1"))
      set(cell.element, "aria-readonly", isOn && !cell.isOpen && !cell.isLabel && "true")
      const link = cell.element.querySelector("a")
      if (link) set(link, "tabindex", isOn && "-1")
    }
    if (!isOn) this.showFirstOpen()
  }

  // What can be filled in stands beside the names, whatever there is to read before it.
  showFirstOpen() {
    const places = this.cells.all.filter((cell) => cell.isOpen).map((cell) => cell.element.offsetLeft)
    const names = this.table.tHead.rows[0].cells[0].offsetWidth
    this.table.parentElement.scrollLeft = places.length ? Math.min(...places) - names : 0
  }

  // A tap on a value that can be changed is a tap on its row.
  follow(target) {
    target.closest("td[data-version]")?.parentElement.querySelector("th a")?.click()
  }

  // What somebody wrote, or took back, stands in the cell.
  change(cell, { value, problem }) {
    Object.assign(cell, { value, isUnread: Boolean(problem) })
    this.mark(cell, problem ? "wrong" : "changed", problem)
  }

  changed(cells) {
    for (const cell of cells) this.saving.queue(cell)
    this.formulas.follow(cells)
  }

  mark(cell, mark, message = "") {
    Object.assign(cell, { mark, message })
    this.paint(cell)
    this.messages.about(cell)
  }

  // The field that somebody writes in stays.
  paint(cell) {
    if (!this.editing.isOn || cell !== this.selection.at) this.looks.paint(cell)
  }

  clear() {
    this.history.write(this.selection.openCells.map((cell) => [cell, ""]))
  }

  // The block's first row goes down through it; a single row takes what stands above it.
  fillDown() {
    const { block } = this.selection
    const source = block.length > 1 ? block[0] : this.above(block[0])
    const rows = block.length > 1 ? block.slice(1) : block
    const pairs = rows.flatMap((row) => row.map((cell, place) => [cell, source[place]]))
    this.history.write(pairs.filter(([cell, from]) => cell.isOpen && from).map(([cell, from]) => [cell, from.text]))
  }

  above(row) {
    const before = this.selection.visible(0, row[0].row - 1).at(-1) ?? []
    return row.map((cell) => before[cell.place])
  }
}
