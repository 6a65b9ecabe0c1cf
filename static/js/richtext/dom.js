// Small helpers for building and changing elements.

import { say } from "richtext/labels"
import { make, picture } from "shared/elements"

export { make }

export function icon(name) {
  return picture(`${say("icons")}#${name}`, "icon")
}

export function unwrap(element) {
  element.replaceWith(...element.childNodes)
}

export function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}

export function wrapContent(element, tag) {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}
