// A figure in a text shows where it comes from: .fig[data-origin=x] opens #origin-x beside it.

const GAP = 8
const NARROWEST = 220 // of a margin that an origin fits in

// What is fixed at the foot of a phone covers the end of the window.
function foot() {
  const bar = document.querySelector(".reader-bar, .action-bar")
  const isFixed = bar && ["fixed", "sticky"].includes(getComputedStyle(bar).position)
  return isFixed ? Math.min(innerHeight, bar.getBoundingClientRect().top) : innerHeight
}

function place(figure, origin) {
  const [first] = figure.getClientRects()
  const whole = figure.getBoundingClientRect()
  const sheet = figure.closest(".sheet, .document-text")?.getBoundingClientRect()
  const margin = (sheet?.right ?? Infinity) + 3 * GAP
  const room = innerWidth - margin - GAP
  const isBeside = room >= NARROWEST
  origin.style.maxWidth = isBeside ? `${room}px` : ""

  const size = origin.getBoundingClientRect()
  const isAbove = whole.bottom + size.height + 2 * GAP > foot()
  const left = isBeside ? margin : Math.max(GAP, Math.min(first.left, innerWidth - size.width - GAP))
  const top = isBeside ? whole.top - GAP : isAbove ? whole.top - size.height - GAP : whole.bottom + GAP
  origin.style.left = `${left + scrollX}px`
  origin.style.top = `${top + scrollY}px`
}

function show(figure, origin) {
  // `source` lets Tab go from the figure into its origin.
  origin.showPopover({ source: figure })
  place(figure, origin)
  figure.ariaExpanded = "true"
}

function connect(figure) {
  const origin = document.getElementById(`origin-${figure.dataset.origin}`)
  if (!origin || figure.role === "button") return
  origin.popover = "auto"
  Object.assign(figure, { role: "button", tabIndex: 0, ariaExpanded: "false" })
  figure.setAttribute("aria-describedby", origin.id)

  // Pressing the figure closes an open origin before the click arrives.
  let wasOpen = false
  figure.addEventListener("pointerdown", () => (wasOpen = figure.ariaExpanded === "true"))
  figure.addEventListener("click", () => wasOpen || show(figure, origin))
  figure.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    if (origin.matches(":popover-open")) origin.hidePopover()
    else show(figure, origin)
  })
  origin.addEventListener("toggle", (event) => {
    if (event.newState === "closed") figure.ariaExpanded = "false"
  })
}

function connectAll(within) {
  for (const figure of within.querySelectorAll(".fig[data-origin]")) connect(figure)
}

connectAll(document)
document.addEventListener("htmx:load", (event) => connectAll(event.detail.elt))
