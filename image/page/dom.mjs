// Elements from words. Everything that is shown goes through `textContent`; nothing here parses markup.

/** An element with attributes and children; a child is an element or text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A section with its heading: the heading names the landmark. */
let sections = 0;
export function region(level, title, attributes = {}, ...children) {
  const id = `h${++sections}`;
  return make("section", { "aria-labelledby": id, ...attributes }, make(`h${level}`, { id }, title), ...children);
}

/** Words for a screen reader only. */
export const spoken = (text) => make("span", { class: "spoken" }, text);
