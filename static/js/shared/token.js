// What the server wants to see with everything that changes something.

// Somebody who has logged in again in another tab has a new token: the cookie knows it, the page does not.
export function token() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="))
  return cookie?.slice("csrftoken=".length) ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""
}
