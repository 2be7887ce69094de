import { useId, useRef } from 'preact/hooks';

export interface MenuEntry {
  readonly label: string;
  readonly onSelect: () => void;
}

/** The `…` button of a row with what can be done to it. */
export function RowMenu({ label, entries }: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  if (entries.length === 0) return null;
  const place = (): void => {
    const { bottom = 0, right = 0 } = button.current?.getBoundingClientRect() ?? {};
    const { style } = menu.current ?? {};
    if (style === undefined) return;
    style.top = `${bottom + 4}px`;
    style.right = `${Math.max(8, innerWidth - right)}px`;
  };
  return (
    <>
      <button ref={button} type="button" class="quiet" popovertarget={id} aria-label={`Actions for ${label}`}>
        …
      </button>
      <div ref={menu} id={id} popover="auto" class="menu" onBeforeToggle={place}>
        {entries.map(({ label: text, onSelect }) => (
          <button
            key={text}
            type="button"
            onClick={() => {
              menu.current?.hidePopover();
              onSelect();
            }}
          >
            {text}
          </button>
        ))}
      </div>
    </>
  );
}
