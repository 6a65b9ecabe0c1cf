// Fields with more choices than can be listed; see core/choosing.py and templates/core/_sought.html.

// A choice made while an answer is on its way would be gone with it, which does not know of it: ask once more.
document.addEventListener("change", ({ target }) => {
  if (!target.closest(".sought")) return
  for (const asking of document.querySelectorAll(".sought .htmx-request"))
    if (!asking.contains(target)) asking.dispatchEvent(new Event(asking.type === "search" ? "search" : "change"))
})
