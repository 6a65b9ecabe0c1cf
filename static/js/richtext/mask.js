// What must be left out of the public copy. The outermost mark, so that a mask is one span in each block.

import { Mark, mergeAttributes, pm } from "django-prose-editor/editor"

const ground = {
  default: "",
  parseHTML: (element) => element.getAttribute("data-mask"),
  renderHTML: (attrs) => ({ "data-mask": attrs.ground }),
}

export const Mask = Mark.create({
  name: "mask",
  priority: 1100, // a link has 1000
  inclusive: false,

  addAttributes: () => ({ ground }),
  // A span may be mask and chip at once: the rule leaves it for the chip's rule too.
  parseHTML: () => [{ tag: "span[data-mask]", priority: 70, consuming: false }],
  renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes), 0],

  addCommands() {
    return {
      toggleMask:
        () =>
        ({ editor, chain, state }) => {
          if (!state.selection.empty) return chain().toggleMark("mask").run()
          return editor.isActive("mask") && chain().extendMarkRange("mask").unsetMark("mask").run()
        },
    }
  },

  addKeyboardShortcuts() {
    return { "Mod-Shift-m": () => this.editor.commands.toggleMask() }
  },

  addProseMirrorPlugins() {
    return [new pm.state.Plugin({ props: { transformPasted: maskedLikeItsPlace } })]
  },
})

// What is pasted into the middle of a secret is part of it.
function maskedLikeItsPlace(slice, view) {
  const mask = view.state.schema.marks.mask.isInSet(view.state.selection.$from.marks())
  return mask ? new pm.model.Slice(marked(slice.content, mask), slice.openStart, slice.openEnd) : slice
}

function marked(fragment, mark) {
  const nodes = []
  fragment.forEach((node) =>
    nodes.push(node.isInline ? node.mark(mark.addToSet(node.marks)) : node.copy(marked(node.content, mark))),
  )
  return pm.model.Fragment.from(nodes)
}
