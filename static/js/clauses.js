// A list of fields for the clauses of a proposal: a button adds one more.

for (const list of document.querySelectorAll("[data-clauses]")) {
  const button = list.querySelector("[data-add-clause]")
  button.hidden = false
  button.addEventListener("click", () => {
    const last = list.querySelector("li:last-child")
    const added = last.cloneNode(true)
    const field = added.querySelector("textarea")
    field.value = ""
    last.after(added)
    field.focus()
  })
}
