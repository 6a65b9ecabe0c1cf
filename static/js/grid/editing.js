// Writing into one cell: a field in its place, a list to choose from, or a dialog for a text.

import { make } from "shared/elements"
import { say } from "grid/words"

export class Editing {
  constructor(grid) {
    this.grid = grid
    this.field = null
    this.wasTyped = false // begun by a letter: then arrows leave the field, as in a spreadsheet
  }

  get isOn() {
    return this.field !== null
  }

  // Begin at the cell where one is; `typed` is the letter that began it.
  start(typed = null) {
    const cell = this.grid.selection.at
    if (!cell.isOpen) return this.refuse(cell)
    if (hasLines(cell)) return this.openText(cell, typed ?? "")
    this.wasTyped = typed !== null
    this.field = cell.column.isChoice ? choices(cell, typed) : input(cell, typed)
    this.field.setAttribute("aria-label", this.grid.messages.nameOf(cell))
    if (cell.message) this.field.setAttribute("aria-invalid", "true")
    cell.element.replaceChildren(this.field)
    this.field.focus()
    if (typed === null) this.field.select?.()
    this.field.addEventListener("blur", () => this.stop({ focus: false }))
  }

  refuse(cell) {
    const link = cell.element.querySelector("a")
    if (link) return link.click()
    this.grid.messages.tell(cell.why || cell.note || say(cell.calc ? "computed" : "locked"))
  }

  // End it, and keep what was written unless it is regretted.
  stop({ keep = true, focus = true } = {}) {
    const { field } = this
    if (!field) return
    const cell = this.grid.selection.at
    this.field = null
    const written = field.value
    this.grid.looks.paint(cell)
    if (keep) this.grid.history.write([[cell, written]])
    if (focus) cell.element.focus()
  }

  openText(cell, typed) {
    const name = this.grid.messages.nameOf(cell)
    const id = `${this.grid.table.id}-text`
    const area = make("textarea", { id, className: "form-control", rows: 6, value: cell.value + typed })
    const dialog = make(
      "dialog",
      { className: "dialog grid-text", "aria-labelledby": `${id}-label` },
      make(
        "form",
        { method: "dialog" },
        make("label", { id: `${id}-label`, htmlFor: id, className: "form-label", textContent: name }),
        area,
        make("div", { className: "dialog-actions" }, button("cancel", "", "secondary"), button("done", "done", "primary")),
      ),
    )
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) dialog.close("done")
    })
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "done") this.grid.history.write([[cell, area.value]])
      dialog.remove()
      cell.element.focus()
    })
    this.grid.box.append(dialog)
    dialog.showModal()
    area.focus()
    area.setSelectionRange(area.value.length, area.value.length)
  }
}

function hasLines({ column, value }) {
  return column.kind === "text" && (column.isWide || value.includes("\n"))
}

function input(cell, typed) {
  const field = make("input", { type: "text", className: "grid-field", value: typed ?? cell.text })
  if (cell.column.isNumber) field.inputMode = "decimal"
  field.autocomplete = "off"
  return field
}

function choices(cell, typed) {
  const options = cell.column.options.map(([value, label]) => new Option(label, value, false, value === cell.value))
  const field = make("select", { className: "grid-field" }, ...options)
  const wanted = cell.column.options.find(([, label]) => typed && label.toLowerCase().startsWith(typed.toLowerCase()))
  if (wanted) [field.value] = wanted
  return field
}

function button(words, value, look) {
  return make("button", { className: `btn btn-${look}`, value, textContent: say(words) })
}
