// A figure in a text shows where it comes from: .fig[data-origin=x] opens #origin-x beside it.

const GAP = 8

function place(figure, origin) {
  const [first] = figure.getClientRects()
  const size = origin.getBoundingClientRect()
  const sheet = figure.closest(".sheet, .document-text")?.getBoundingClientRect()
  const margin = sheet ? sheet.right + 2 * GAP : Infinity
  const isBeside = margin + size.width + GAP < innerWidth
  const isAbove = !isBeside && first.bottom + size.height + 2 * GAP > innerHeight

  const left = isBeside ? margin : Math.max(GAP, Math.min(first.left, innerWidth - size.width - GAP))
  const top = isBeside ? first.top - GAP : isAbove ? first.top - size.height - GAP : first.bottom + GAP
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
