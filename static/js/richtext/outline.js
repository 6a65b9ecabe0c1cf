// Which sections are still empty stands beside them in the outline, and follows what is written.

import { editors } from "richtext/editors"

const isEmpty = (field) => editors.get(field)?.isEmpty ?? !field.value.trim()

document.addEventListener("input", ({ target }) => {
  const section = target.closest(".doc-section")
  const mark = section && document.querySelector(`[data-empty="${section.id}"]`)
  if (mark) mark.hidden = ![...section.querySelectorAll("textarea[name]")].every(isEmpty)
})
