// How a cell looks: its value, what is said beside it, and how far it is saved. Colour never speaks alone.

import { make, picture } from "shared/elements"
import { say } from "grid/words"

export class Looks {
  paint(cell) {
    if (cell.isLabel) return
    const { element } = cell
    const text = cell.isUnread ? cell.value : cell.column.shown(cell.value)
    element.replaceChildren(text, ...this.beside(cell))
    set(element, "data-state", cell.noteState)
    set(element, "data-mark", cell.mark)
    element.toggleAttribute("data-partial", Boolean(cell.isPartial))
    if (cell.isPartial) element.title = say("partial")
    else element.removeAttribute("title")
  }

  beside(cell) {
    if (!cell.note) return []
    const shape = cell.noteState && picture(`${say("icons")}#status-${cell.noteState}`, "status-shape")
    return [make("small", { className: "grid-note" }, ...(shape ? [shape] : []), cell.note)]
  }
}

export function set(element, name, value) {
  if (value) element.setAttribute(name, value)
  else element.removeAttribute(name)
}
