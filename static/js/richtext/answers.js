// What came of sending a draft: saved, refused (the same text will be refused again) or unreached (worth another try).

import { say } from "richtext/labels"
import { token } from "shared/token"

export async function answerOf(url, data, options) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() }
  try {
    return await read(await fetch(url, { method: "POST", body: data, headers, ...options }))
  } catch (error) {
    return error.name === "AbortError" ? { kind: "aborted" } : { kind: "unreached", text: say("offline") }
  }
}

export function freshToken(form) {
  const field = form.elements.csrfmiddlewaretoken
  if (field) field.value = token()
}

function saved({ saved_at: time, warning }) {
  return { kind: "saved", text: warning ? `${say("draftKept", { time })} ${warning}` : say("saved", { time }), warning }
}

async function read(response) {
  const { status } = response
  if (status === 413) return { kind: "refused", text: say("tooLarge") }
  // Sent to the log-in page: the answer is a page and no JSON.
  if (response.redirected || status === 401) return { kind: "unreached", text: say("loggedOut") }
  if (status >= 500 || status === 429) return { kind: "unreached", text: say("notSaved") }

  const answer = await response.json().catch(() => ({}))
  if (response.ok && answer.saved_at) return saved(answer)
  if (status === 409) return { kind: "refused", text: say("conflict"), link: answer.conflict }
  return { kind: "refused", text: answer.error ?? say("refused") }
}
