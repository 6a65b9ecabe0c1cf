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

// The buttons grow with what is said beside them: a caret that they come to stand over is moved clear of them.
const buttons = document.querySelector(".action-bar")

function moveClear() {
  const editor = document.activeElement.closest(".tiptap")?.editor
  if (!editor) return
  const { top, bottom } = editor.view.coordsAtPos(editor.state.selection.head)
  if (top < window.innerHeight && bottom > buttons.getBoundingClientRect().top) editor.commands.scrollIntoView()
}

// After the observer of frame.js has told the page their new height.
if (buttons) new ResizeObserver(() => requestAnimationFrame(moveClear)).observe(buttons)
