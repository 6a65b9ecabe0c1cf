// Ordering a list by pointer or keyboard: <ol data-sortable data-order-url data-t-…>.
// The lifted item never leaves its place in the document: its neighbours step past it. So it keeps
// focus and pointer. Numbers (.item-no) belong to the places, and items of class item-last stay below all others.

const EDGE = 80 // px from the window's edge where the page scrolls along

class Sortable {
  constructor(list) {
    this.list = list
    this.lifted = null
    this.live = list.parentElement.insertBefore(document.createElement("p"), list)
    this.live.className = "visually-hidden"
    this.live.setAttribute("aria-live", "assertive")

    for (const grip of list.querySelectorAll(".grip")) {
      grip.hidden = false
      grip.title = document.getElementById(grip.getAttribute("aria-describedby"))?.textContent ?? ""
    }
    list.addEventListener("pointerdown", (event) => this.onPointerDown(event))
    list.addEventListener("keydown", (event) => this.onKey(event))
    list.addEventListener("click", (event) => this.onClick(event))
    list.addEventListener("focusout", (event) => this.onFocusOut(event))
    list.addEventListener("htmx:afterRequest", (event) => this.onAnswer(event))
  }

  get items() {
    return [...this.list.children]
  }

  say(key, item) {
    const words = {
      title: item.querySelector("h3")?.textContent.trim() ?? "",
      place: this.items.indexOf(item) + 1,
      total: this.items.length,
    }
    this.live.textContent = (this.list.dataset[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => words[name])
  }

  // The neighbour steps past the item, which stays where it is in the document.
  pass(item, by) {
    const neighbour = by < 0 ? item.previousElementSibling : item.nextElementSibling
    if (!neighbour || neighbour.matches(".item-last") !== item.matches(".item-last")) return false
    if (by < 0) item.after(neighbour)
    else item.before(neighbour)
    this.numbers.forEach((number, place) => {
      const cell = this.items[place].querySelector(".item-no")
      if (cell) cell.textContent = number
    })
    return true
  }

  lift(item) {
    this.lifted = item
    this.before = this.items
    this.numbers = this.items.map((each) => each.querySelector(".item-no")?.textContent)
    item.classList.add("item-lifted")
  }

  letGo() {
    const item = this.lifted
    this.lifted = null
    item.classList.remove("item-lifted")
    item.style.transform = ""
    return item
  }

  drop() {
    const item = this.letGo()
    this.say("tDropped", item)
    if (this.items.some((each, place) => each !== this.before[place])) this.save()
  }

  cancel() {
    const item = this.letGo()
    this.putBack(item)
    this.say("tCancelled", item)
  }

  putBack(item) {
    this.list.append(...this.before)
    this.numbers.forEach((number, place) => {
      const cell = this.items[place].querySelector(".item-no")
      if (cell) cell.textContent = number
    })
    item.querySelector(".grip")?.focus()
  }

  save() {
    const { orderUrl, orderName = "item" } = this.list.dataset
    const values = { [orderName]: this.items.map((item) => item.dataset.id) }
    window.htmx.ajax("POST", orderUrl, { source: this.list, values, swap: "none" })
  }

  onAnswer(event) {
    if (event.target !== this.list || event.detail.successful) return
    this.putBack(this.items[0])
    const detail = { text: this.list.dataset.tFailed, kind: "bad" }
    document.body.dispatchEvent(new CustomEvent("toast", { detail, bubbles: true }))
  }

  // Keyboard ------------------------------------------------------------------------------------

  onKey(event) {
    if (event.altKey && !this.lifted) return this.onAltKey(event)
    const item = event.target.closest(".grip")?.closest(".item")
    if (!item) return
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault()
      if (this.lifted) return this.drop()
      this.lift(item)
      this.say("tPicked", item)
    } else if (this.lifted && event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      this.cancel()
    } else if (this.lifted && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault()
      const hasMoved = this.pass(item, event.key === "ArrowUp" ? -1 : 1)
      this.say(hasMoved ? "tMoved" : "tStays", item)
      item.scrollIntoView({ block: "nearest" })
    }
  }

  // Alt and an arrow, anywhere in a row: one step at once, and the focus stays where it is.
  onAltKey(event) {
    const item = event.target.closest(".item")
    if (!item || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return
    event.preventDefault()
    this.step(item, event.key === "ArrowUp" ? -1 : 1)
  }

  step(item, by) {
    this.lift(item)
    const hasMoved = this.pass(item, by)
    this.drop()
    if (!hasMoved) this.say("tStays", item)
    item.scrollIntoView({ block: "nearest" })
  }

  onFocusOut(event) {
    if (this.lifted && !this.isDragging && event.target.closest(".grip")) this.drop()
  }

  // The item's own menu: “up” and “down”, for those who neither drag nor use keys.
  onClick(event) {
    const button = event.target.closest("[data-move]")
    if (!button) return
    const item = button.closest(".item")
    item.querySelector("details.menu").open = false
    item.querySelector("summary").focus()
    this.step(item, button.dataset.move === "up" ? -1 : 1)
  }

  // Pointer -------------------------------------------------------------------------------------

  onPointerDown(event) {
    const grip = event.target.closest(".grip")
    if (!grip || event.button !== 0 || this.lifted) return
    event.preventDefault()
    grip.focus()
    grip.setPointerCapture(event.pointerId)
    const item = grip.closest(".item")
    this.isDragging = true
    this.lift(item)
    const grabbed = event.pageY - item.offsetTop

    const drag = (moved) => this.drag(item, moved, grabbed)
    const end = (ended) => {
      grip.removeEventListener("pointermove", drag)
      grip.removeEventListener("pointerup", end)
      grip.removeEventListener("pointercancel", end)
      this.isDragging = false
      if (!this.lifted) return
      if (ended.type === "pointercancel") this.cancel()
      else this.drop()
    }
    grip.addEventListener("pointermove", drag)
    grip.addEventListener("pointerup", end)
    grip.addEventListener("pointercancel", end)
  }

  drag(item, { pageY, clientY }, grabbed) {
    if (!this.lifted) return
    const away = () => pageY - grabbed - item.offsetTop
    const half = (neighbour) => (neighbour?.offsetHeight ?? Infinity) / 2
    while (away() < -half(item.previousElementSibling) && this.pass(item, -1));
    while (away() > half(item.nextElementSibling) && this.pass(item, 1));
    item.style.transform = `translateY(${away()}px)`
    if (clientY < EDGE) scrollBy(0, -12)
    else if (clientY > innerHeight - EDGE) scrollBy(0, 12)
  }
}

function start(within) {
  for (const list of within.querySelectorAll("[data-sortable]")) if (!list.sortable) list.sortable = new Sortable(list)
}

start(document)
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document))
