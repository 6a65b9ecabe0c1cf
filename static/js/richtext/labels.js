// The words on the editor's buttons and in its messages. They come translated from core/_richtext_head.html.

import { wordsOf } from "shared/words"

export const say = wordsOf("richtext-labels")
