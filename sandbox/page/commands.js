// The bot's commands as a list above the input field, filtered by what is typed after "/".

import { h } from "./dom.js";
import { painted } from "./emoji.js";

export class CommandMenu {
  /** `onChoose(name)` gets the command without its slash. */
  constructor(id, onChoose) {
    this.commands = [];
    this.onChoose = onChoose;
    this.onState = () => {};
    this.at = -1;
    this.node = h("div", { class: "commands", role: "listbox", id, label: "commands", hidden: true });
  }

  get open() {
    return !this.node.hidden;
  }

  set(commands) {
    this.commands = commands;
    if (commands.length === 0) this.close();
  }

  show(prefix = "") {
    const shown = this.commands.filter(({ command }) => command.startsWith(prefix));
    this.node.replaceChildren(...shown.map((command, index) => this.option(command, index)));
    this.at = -1;
    this.node.hidden = shown.length === 0;
    this.onState(this.open);
  }

  close() {
    this.node.hidden = true;
    this.at = -1;
    this.onState(false);
  }

  filter(text) {
    const typed = /^\/(\w*)$/u.exec(text);
    if (typed) this.show(typed[1].toLowerCase());
    else if (this.open) this.close();
  }

  option({ command, description }, index) {
    return h("div", {
      class: "command", role: "option", id: `${this.node.id}-${index}`, "aria-selected": "false", data: { command: `/${command}` },
      on: {
        pointerdown: (event) => event.preventDefault(),
        click: () => this.pick(command),
      },
    }, h("b", {}, `/${command}`), h("span", {}, ...painted(description)));
  }

  pick(command) {
    this.close();
    this.onChoose(command);
  }

  /** Moves the highlight; the focus stays in `input`. */
  move(step, input) {
    const options = [...this.node.children];
    if (options.length === 0) return;
    options[this.at]?.setAttribute("aria-selected", "false");
    this.at = this.at < 0 && step < 0 ? options.length - 1 : (this.at + step + options.length) % options.length;
    const chosen = options[this.at];
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  }

  /** Takes the highlighted command, if any. */
  choose() {
    const chosen = this.open ? this.node.children[this.at] : undefined;
    if (!chosen) return false;
    this.pick(chosen.dataset.command.slice(1));
    return true;
  }
}
