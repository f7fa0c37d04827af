"""The words: every message in every language, and the only place that knows templates.

A message `AskQuantity` of the topic `sell` is in `sell/ask_quantity.id.j2` and `.en.j2`. Above
a line `---` is the text, below it the buttons, one row a line:

    Berapa <b>{{ product }}</b> yang terjual?
    ---
    [1](1) [2](2) [3](3)
    [✖️ Batal](/batal)

The text in the round brackets says what the button does: an answer to the open question,
a command with its arguments (`/saldo`), a web address, `copy:…` for the clipboard. `@text` and
`@contact` make keys of the reply keyboard; the line `@menu` puts the menu there and `@remove`
takes it away.

The help has `{{ commands("money") }}` in place of the commands of a section. Each FlowSpec says
to which section its command belongs; the words for it, here and in Telegram's own menu, are a line
in `menu/words.id.j2` and `.en.j2`.
"""

from bot.content.catalogue import LANGUAGES, Content
from bot.content.screens import Button, Reader, Screen

__all__ = ["LANGUAGES", "Button", "Content", "Reader", "Screen"]
