// How near the window's edges the caret may come: clear of what stands over the text there. The library scrolls by
// itself and looks neither at the page's scroll padding nor at its own toolbar.

const shownBar = () => document.querySelector(".rt-bar:not([hidden])")
const padding = (edge) => parseFloat(getComputedStyle(document.documentElement)[`scrollPadding${edge}`]) || 0

export const room = {
  left: 5,
  right: 5,
  get top() {
    return padding("Top") + (shownBar()?.offsetHeight ?? 0)
  },
  get bottom() {
    return padding("Bottom")
  },
}
