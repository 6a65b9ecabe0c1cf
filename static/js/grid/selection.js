// Which cell one is at, and the block from where one began: focus is really on the cell.

export class Selection {
  constructor(grid) {
    this.grid = grid
    this.at = this.anchor = grid.cells.first
    this.marked = []
  }

  // The corners of the block, in whatever direction it was drawn.
  get corners() {
    const rows = [this.anchor.row, this.at.row]
    const places = [this.anchor.place, this.at.place]
    return { top: Math.min(...rows), bottom: Math.max(...rows), left: Math.min(...places), right: Math.max(...places) }
  }

  get block() {
    const { top, bottom, left, right } = this.corners
    return this.visible(top, bottom).map((row) => row.slice(left, right + 1))
  }

  get openCells() {
    return this.block.flat().filter((cell) => cell.isOpen)
  }

  visible(top, bottom = Infinity) {
    return this.grid.cells.rows.slice(top, bottom + 1).filter(([first]) => !first.isHidden)
  }

  go(cell, { extend = false, focus = true } = {}) {
    if (!cell || cell.isHidden) return false
    this.at.element.tabIndex = -1
    this.at = cell
    if (!extend) this.anchor = cell
    cell.element.tabIndex = 0
    this.markBlock()
    if (focus) {
      cell.element.focus({ preventScroll: true })
      // With the box's scroll-padding the cell never lies under the head or the first column.
      cell.element.scrollIntoView({ block: "nearest", inline: "nearest" })
    }
    this.grid.messages.showHere()
    return true
  }

  markBlock() {
    for (const cell of this.marked) cell.element.removeAttribute("aria-selected")
    this.marked = this.anchor === this.at ? [] : this.block.flat()
    for (const cell of this.marked) cell.element.setAttribute("aria-selected", "true")
  }

  select(from, to) {
    this.go(from)
    this.go(to, { extend: true })
  }

  all() {
    const { rows } = this.grid.cells
    this.select(rows[0][0], rows.at(-1).at(-1))
  }

  step(down, right, options) {
    let { row, place } = this.at
    do {
      row += down
      place += right
    } while (this.grid.cells.at(row, place)?.isHidden)
    return this.go(this.grid.cells.at(row, place), options)
  }

  edge(down, right, options) {
    const { rows, columns } = this.grid.cells
    const row = down ? (down < 0 ? 0 : rows.length - 1) : this.at.row
    const place = right ? (right < 0 ? 0 : columns.length - 1) : this.at.place
    return this.go(this.nearest(row, place, down), options)
  }

  nearest(row, place, down) {
    let near = row
    while (this.grid.cells.at(near, place)?.isHidden) near -= down
    return this.grid.cells.at(near, place)
  }

  page(down, options) {
    const rows = this.visible(0)
    const here = rows.findIndex(([first]) => first.row === this.at.row)
    const there = Math.max(0, Math.min(rows.length - 1, here + down * 15))
    return this.go(rows[there][this.at.place], options)
  }

  // To the next cell that can be filled in, in reading order. False at the end: Tab leaves the grid.
  tab(direction) {
    const all = this.grid.cells.all
    const here = all.indexOf(this.at)
    const rest = direction > 0 ? all.slice(here + 1) : all.slice(0, here).reverse()
    return this.go(rest.find((cell) => cell.isOpen && !cell.isHidden))
  }
}
