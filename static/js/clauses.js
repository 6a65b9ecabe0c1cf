// A list of fields for the clauses of a proposal: a button adds one more, and so does what brings back unsaved ones.

function add(list) {
  const last = list.querySelector("li:last-child")
  const added = last.cloneNode(true)
  const field = added.querySelector("textarea")
  field.value = ""
  last.after(added)
  return field
}

for (const list of document.querySelectorAll("[data-clauses]")) {
  const button = list.querySelector("[data-add-clause]")
  button.hidden = false
  button.addEventListener("click", () => add(list).focus())
  list.addEventListener("autosave:more", ({ detail }) => {
    while (list.querySelectorAll("textarea").length < detail.count) add(list)
  })
}
