// What the grid says: one line of status, and a list of all that is wrong with ways back.

import { make } from "shared/elements"
import { set } from "grid/looks"
import { say } from "grid/words"

export class Messages {
  constructor(grid, box) {
    this.grid = grid
    this.status = box.querySelector("[data-grid-status]")
    this.wrong = box.querySelector("[data-grid-wrong]")
    this.list = this.wrong.querySelector("ul")
  }

  tell(text, kind = "", ...ways) {
    this.status.replaceChildren(text, ...ways.flatMap((way) => [" ", way]))
    set(this.status, "data-kind", kind)
  }

  nameOf(cell) {
    return say("where", { row: this.grid.cells.label(cell), column: cell.column.label })
  }

  idOf(cell) {
    return `${this.grid.table.id}-wrong-${cell.row}-${cell.place}`
  }

  // Keep the list and the cell's own attributes in step with what is wrong with it.
  about(cell) {
    const id = this.idOf(cell)
    document.getElementById(id)?.remove()
    if (cell.message) this.list.append(this.entry(cell, id))
    this.wrong.hidden = !this.list.children.length
    set(cell.element, "aria-invalid", cell.message && "true")
    set(cell.element, "aria-describedby", cell.message && id)
    if (cell === this.grid.selection.at) this.showHere()
  }

  entry(cell, id) {
    const back = make("button", { type: "button", className: "btn btn-quiet btn-sm", textContent: this.nameOf(cell) })
    back.addEventListener("click", () => this.grid.selection.go(cell))
    return make("li", { id }, back, make("span", { textContent: cell.message }), ...this.choices(cell))
  }

  // Both values, and the choice between them.
  choices(cell) {
    if (cell.mark !== "conflict") return []
    const value = (text) => ({ value: text === "" ? say("empty") : cell.column.shown(text) })
    return [
      this.choice("keepMine", value(cell.value), () => this.grid.saving.keepMine(cell)),
      this.choice("takeTheirs", value(cell.theirs), () => this.grid.saving.takeTheirs(cell)),
    ]
  }

  choice(words, values, act) {
    const button = make("button", { type: "button", className: "btn btn-secondary btn-sm", textContent: say(words, values) })
    button.addEventListener("click", act)
    return button
  }

  // The list shows which of its lines is about the cell that one is at.
  showHere() {
    const { at } = this.grid.selection
    for (const entry of this.list.children) set(entry, "aria-current", entry.id === this.idOf(at) && "true")
    const entry = document.getElementById(this.idOf(at))
    if (entry) this.list.scrollTop = entry.offsetTop - this.list.offsetTop
  }
}
