/** Small elements, written as data: no text of a persona or a player is ever read as markup. */

type Child = Node | string | undefined;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Rows of a name and a value. */
export function facts(rows: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  return element(
    'dl',
    { class: 'facts' },
    rows.flatMap(([name, value]) => [element('dt', {}, [name]), element('dd', {}, [value])]),
  );
}

export function heading(text: string): HTMLElement {
  return element('h3', {}, [text]);
}

export function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, [label]);
  made.addEventListener('click', onClick);
  return made;
}

export function table(head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  return element('div', { class: 'scroll' }, [
    element('table', {}, [
      element('thead', {}, [
        element(
          'tr',
          {},
          head.map((cell) => element('th', { scope: 'col' }, [cell])),
        ),
      ]),
      element(
        'tbody',
        {},
        rows.map((row) =>
          element(
            'tr',
            {},
            row.map((cell) => element('td', {}, [cell])),
          ),
        ),
      ),
    ]),
  ]);
}
