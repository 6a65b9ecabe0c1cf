// The Ctrl+K dialog: a combobox over the hits that htmx fetches. Without it, search is a page.

const dialog = document.getElementById("search-dialog")
const input = dialog?.querySelector("[role=combobox]")
const results = dialog?.querySelector("[role=listbox]")

const options = () => [...results.querySelectorAll("[role=option]")]
const chosen = () => results.querySelector("[aria-selected=true]")

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false")
  input.toggleAttribute("aria-activedescendant", false)
  if (!option) return
  option.setAttribute("aria-selected", "true")
  input.setAttribute("aria-activedescendant", option.id)
  option.scrollIntoView({ block: "nearest" })
}

function step(by) {
  const all = options()
  const at = all.indexOf(chosen())
  choose(all.at((at + by + all.length) % all.length))
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => chosen().click(),
}

function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return
    event.preventDefault()
    if (!dialog.open) {
      dialog.showModal()
      dialog.dispatchEvent(new CustomEvent("dialog:open"))
    }
  })

  dialog.addEventListener("dialog:open", () => {
    input.select()
    input.focus()
    window.htmx.trigger(input, "refresh")
  })

  input.addEventListener("keydown", (event) => {
    const act = KEYS[event.key]
    // Enter without a chosen hit goes to the search page, as the form says.
    if (!act || !options().length || (event.key === "Enter" && !chosen())) return
    event.preventDefault()
    act()
  })

  results.addEventListener("htmx:afterSwap", () => {
    const all = options()
    all.forEach((option, index) => (option.id ||= `hit-${index + 1}`))
    input.setAttribute("aria-expanded", all.length > 0)
    choose(input.value.trim() ? all[0] : null)
  })
}

if (dialog) listen()
