// Dialogs and drawers on the browser's own <dialog>: it traps focus, closes on Escape, makes the rest inert and gives
// the focus back. Open by a value from the server, or by the trigger, with no server at all.
import { useEffect, useRef } from "react";

export function Overlay({ open, onClose, label, titleId, children, ...rest }) {
  const ref = useRef(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog.open) dialog.showModal();
    if (open === false && dialog.open) dialog.close();
  }, [open]);
  const leave = () => {
    if (open === undefined) ref.current.close();
    onClose?.();
  };
  const click = (event) => {
    const onBackdrop = event.target === ref.current && !within(event, ref.current.getBoundingClientRect());
    const closer = event.target.closest("[data-close]");
    if (onBackdrop || closer?.closest("dialog") === ref.current) leave();
  };
  return (
    <dialog
      {...rest}
      ref={ref}
      aria-label={titleId ? undefined : label}
      aria-labelledby={titleId}
      onClick={click}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        leave();
      }}
    >
      {children}
    </dialog>
  );
}

function within(event, box) {
  if (event.detail === 0) return true;
  const { clientX: x, clientY: y } = event;
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

// Opens the dialog whose id it is given.
export function Opener({ target, children, ...rest }) {
  return (
    <span {...rest} className="contents" onClick={() => document.getElementById(target)?.showModal()}>
      {children}
    </span>
  );
}

// A <details> that behaves as a menu: arrows move, Escape and a click elsewhere close.
export function Menu({ children, ...rest }) {
  const ref = useRef(null);
  useEffect(() => {
    const outside = (event) => {
      if (ref.current?.open && !ref.current.contains(event.target)) ref.current.open = false;
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);
  const close = () => {
    ref.current.open = false;
    ref.current.querySelector("summary").focus();
  };
  const press = (event) => {
    const items = [...ref.current.querySelectorAll('[role^="menuitem"]:not([disabled])')];
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape" && ref.current.open) {
      event.stopPropagation();
      event.preventDefault();
      close();
    } else if (next !== undefined && items.length) {
      event.preventDefault();
      ref.current.open = true;
      items[(next + items.length) % items.length].focus();
    }
  };
  const click = (event) => {
    if (event.target.closest('[role^="menuitem"]')) close();
  };
  return (
    <details {...rest} ref={ref} onKeyDown={press} onClick={click}>
      {children}
    </details>
  );
}
