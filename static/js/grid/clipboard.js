// Copying, cutting and pasting blocks, between grids and to and from a spreadsheet.

import { readTsv, writeTsv } from "grid/tsv"
import { say } from "grid/words"

export class Clipboard {
  constructor(grid) {
    this.grid = grid
    for (const kind of ["copy", "cut", "paste"]) document.addEventListener(kind, (event) => this.on(kind, event))
  }

  on(kind, event) {
    const { isOn, editing, table } = this.grid
    if (!isOn || editing.isOn || !table.contains(document.activeElement)) return
    event.preventDefault()
    if (kind === "paste") return this.paste(readTsv(event.clipboardData.getData("text/plain")))
    event.clipboardData.setData("text/plain", this.copied())
    if (kind === "cut") this.grid.clear()
  }

  // Numbers without thousands, with a plain minus and a decimal comma: else Excel keeps them as texts.
  copied() {
    return writeTsv(this.grid.selection.block.map((row) => row.map((cell) => cell.text)))
  }

  paste(data) {
    const target = this.target(data)
    const pairs = target.flatMap((row, down) => row.map((cell, right) => [cell, valueAt(data, down, right)]))
    const open = pairs.filter(([cell]) => cell?.isOpen)
    const changes = this.grid.history.write(open)
    this.markPasted(target)
    this.tell(changes, pairs.length - open.length)
  }

  // The cells that the data falls on: for a single value the whole block, else as many as there are, from its corner.
  // A group's head in the way takes a line, so that what was copied here comes back to the same places.
  target(data) {
    const { selection } = this.grid
    if (isSingle(data)) return selection.block
    const { top, left } = selection.corners
    const rows = selection.visible(top)
    return data.map((line, down) => line.map((_, right) => rows[down]?.[left + right]))
  }

  markPasted(target) {
    const cells = target.flat().filter(Boolean)
    if (cells.length) this.grid.selection.select(cells[0], lastOf(cells))
  }

  tell(changes, skipped) {
    const wrong = changes.filter(({ after }) => after.problem).length
    const said = [say("pasted", { changed: changes.length })]
    if (skipped) said.push(say("skipped", { skipped }))
    if (wrong) said.push(say("wrong", { wrong }))
    this.grid.messages.tell(said.join(" "), wrong ? "bad" : "")
  }
}

function isSingle(data) {
  return data.length === 1 && data[0].length === 1
}

function valueAt(data, down, right) {
  return isSingle(data) ? data[0][0] : data[down][right]
}

function lastOf(cells) {
  return cells.reduce((last, cell) => (cell.row >= last.row && cell.place >= last.place ? cell : last))
}
