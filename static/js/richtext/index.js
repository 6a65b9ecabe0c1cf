// The extensions under the names by which core/richtext/editor.py asks for them.

export { FigureRef, Footnote, Reference } from "richtext/chips"
export { Mask } from "richtext/mask"
export { Near } from "richtext/near"
export { WordPaste } from "richtext/paste"
export { Toolbar } from "richtext/toolbar"
