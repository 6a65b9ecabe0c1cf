// Which sections are still empty stands beside them in the outline, and follows what is written.

import { editors } from "richtext/editors"

const isEmpty = (field) => editors.get(field)?.isEmpty ?? !field.value.trim()

function follow(section) {
  const mark = section && document.querySelector(`[data-empty="${section.id}"]`)
  if (mark) mark.hidden = ![...section.querySelectorAll("textarea[name]")].every(isEmpty)
}

document.addEventListener("input", ({ target }) => follow(target.closest(".doc-section")))
// Somebody may have been quicker than this script, or the browser has filled in what stood there before.
document.querySelectorAll(".doc-section").forEach(follow)
