// What every page's frame does: appearance, menus, dialogs, confirmations, toasts.
// All words come from the page; see base.html.

const root = document.documentElement
const $ = (selector, within = document) => within?.querySelector(selector)
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)]

// Appearance and rail -------------------------------------------------------------------------

function remember(choice, value) {
  if (value) root.dataset[choice] = value
  else delete root.dataset[choice]
  try {
    if (value) localStorage.setItem(choice, value)
    else localStorage.removeItem(choice)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function showTheme() {
  for (const button of $$("[data-theme-choice]"))
    button.setAttribute("aria-pressed", button.dataset.themeChoice === (root.dataset.theme ?? ""))
}

function showRail() {
  const toggle = $("[data-rail-toggle]")
  if (!toggle) return
  toggle.hidden = false
  toggle.setAttribute("aria-pressed", root.dataset.rail === "narrow")
}

// Fields and links that get the focus are scrolled clear of the buttons that stand at the window's lower edge.
function tellHeight(bar) {
  new ResizeObserver(() => root.style.setProperty("--action-bar", `${bar.offsetHeight}px`)).observe(bar)
}

$$(".action-bar").forEach(tellHeight)

// Menus: details elements, of which one is open at a time --------------------------------------

function closeMenus(except) {
  for (const menu of $$("details.menu[open]")) if (menu !== except) menu.open = false
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  const menu = event.target.closest?.("details.menu[open]") ?? $("details.menu[open]")
  if (!menu) return
  menu.open = false
  $("summary", menu).focus()
})

// Dialogs -------------------------------------------------------------------------------------

function openDialog(id) {
  const dialog = document.getElementById(id)
  dialog.showModal()
  dialog.dispatchEvent(new CustomEvent("dialog:open"))
}

async function sure({ title, text, verb }) {
  const dialog = $("#confirm-dialog")
  $("#confirm-title").textContent = title || dialog.dataset.tTitle
  $("#confirm-text").textContent = text
  $("[data-confirm-yes]", dialog).textContent = verb || dialog.dataset.tVerb
  dialog.returnValue = ""
  dialog.showModal()
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }))
  return dialog.returnValue === "yes"
}

const confirmed = new WeakSet()

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target
    const asking = event.submitter?.dataset.confirm ? event.submitter : form // a form may ask at one of its buttons only
    if (!asking.dataset.confirm || confirmed.has(form)) return confirmed.delete(form)
    event.preventDefault()
    event.stopImmediatePropagation()
    const { confirmTitle: title, confirm: text, confirmVerb: verb } = asking.dataset
    if (!(await sure({ title, text, verb }))) return
    confirmed.add(form)
    form.requestSubmit(event.submitter)
  },
  { capture: true }, // before htmx, which would send it
)

document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return
  event.preventDefault()
  const { confirmTitle: title, confirmVerb: verb } = event.detail.elt.dataset
  if (await sure({ title, text: event.detail.question, verb })) event.detail.issueRequest(true)
})

// Clicks ----------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const target = event.target
  closeMenus(target.closest("details.menu"))
  if (event.ctrlKey || event.metaKey || event.shiftKey) return

  const opener = target.closest("[data-opens]")
  if (opener) {
    event.preventDefault()
    openDialog(opener.dataset.opens)
  }
  if (target.closest("[data-closes]")) target.closest("dialog").close()
  // A click on the backdrop lands on the dialog itself, outside its box.
  if (target.matches("dialog[open]") && !within(target.getBoundingClientRect(), event)) target.close()
  if (target.closest("[data-dismiss]")) target.closest(".note").remove()

  const theme = target.closest("[data-theme-choice]")
  if (theme) {
    remember("theme", theme.dataset.themeChoice)
    showTheme()
  }
  if (target.closest("[data-rail-toggle]")) {
    remember("rail", root.dataset.rail === "narrow" ? "" : "narrow")
    showRail()
  }
})

function within(box, { clientX, clientY }) {
  // A click made by the keyboard has no place.
  if (clientX === 0 && clientY === 0) return true
  return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom
}

// Toasts: HX-Trigger: {"toast": {"text": …, "kind": "ok"}} -----------------------------------------

const SHOWN_FOR = 8000

function toast({ text, kind = "info" }) {
  // What fails every other second is said once.
  if ($$("#toasts p").some((shown) => shown.textContent === text)) return
  const note = $("#toast-template").content.cloneNode(true).firstElementChild
  note.classList.add(`note-${kind}`)
  $("p", note).textContent = text
  $("#toasts").append(note)
  // What went wrong stays until it is closed.
  if (kind !== "bad") setTimeout(() => note.remove(), SHOWN_FOR)
}

document.addEventListener("toast", (event) => toast(event.detail))

function sayFailed({ detail }) {
  // A poll tries again by itself, and a list puts itself right (sortable.js).
  if (!detail.requestConfig?.triggeringEvent || detail.elt.matches("[data-sortable]")) return
  toast({ text: $("#toasts").dataset.tFailed, kind: "bad" })
}

document.addEventListener("htmx:responseError", sayFailed)
document.addEventListener("htmx:sendError", sayFailed)

// Swaps: the log-in page never lands inside another, and an open menu stays open -------------------

let open = []
let focused = null

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { loginUrl, tLoggedOut: text } = $("#toasts").dataset
  const { responseURL } = detail.xhr
  if (responseURL && new URL(responseURL).pathname === loginUrl) {
    detail.shouldSwap = false
    toast({ text, kind: "bad" })
  }
  open = $$("details[id][open]").map((details) => details.id)
  focused = document.activeElement.closest("details[id]")?.id
})

document.addEventListener("htmx:afterSwap", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "")
  if (focused && document.activeElement === document.body) $("summary", document.getElementById(focused))?.focus()
})

// Start -----------------------------------------------------------------------------------------

showTheme()
showRail()
$("[data-focus]")?.focus()
