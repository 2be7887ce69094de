import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog, open as long as it is rendered. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    element.current?.showModal();
    return () => {
      // A removed dialog would leave the focus at the top of the page.
      if (activeElement instanceof HTMLElement) activeElement.focus();
    };
  }, []);
  return (
    <dialog ref={element} aria-labelledby={id} onClose={onClose}>
      <div class="head">
        <h2 id={id}>{title}</h2>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
      {children}
    </dialog>
  );
}

/** Why something did not work. */
export function Problem({ reason }: { readonly reason: string }) {
  return reason === '' ? null : (
    <p class="problem failed" role="alert">
      {reason}
    </p>
  );
}
