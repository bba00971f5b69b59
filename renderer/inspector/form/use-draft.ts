import { useEffect, useRef, useState, type ChangeEvent, type CompositionEvent } from "react";
import { useDocument } from "../../document/store.ts";

/** Drawing a change of a very large flow takes its time: from here on it waits for a pause in typing. */
const SLOW_MS = 40;
const PAUSE_MS = 300;
let lastCost = 0;

function timed(commit: () => void): void {
  const start = performance.now();
  commit();
  // What follows from the change is drawn before the next frame.
  requestAnimationFrame(() => {
    lastCost = performance.now() - start;
  });
}

/**
 * Text that is being typed. While the field has the focus the typed text is the truth; the document follows at every change, but never
 * in the middle of a word that an input method is composing. A change from elsewhere (undo, the code view) is taken over.
 */
export function useDraft(value: string, commit: (text: string) => void) {
  const [draft, setDraft] = useState(value);
  const sent = useRef(value);
  const typed = useRef(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = typed.current = value;
    setDraft(value);
  }, [value]);
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  const send = () => {
    clearTimeout(timer.current);
    if (composing.current || typed.current === sent.current) return;
    sent.current = typed.current;
    timed(() => latest.current(typed.current));
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    typed.current = text;
    setDraft(text);
    if (lastCost < SLOW_MS) return send();
    clearTimeout(timer.current);
    timer.current = setTimeout(send, PAUSE_MS);
  };
  return {
    draft,
    type,
    props: {
      value: draft,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => type(event.target.value),
      onCompositionStart: () => {
        composing.current = true;
      },
      onCompositionEnd: (event: CompositionEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        composing.current = false;
        type(event.currentTarget.value);
      },
      onBlur: () => {
        send();
        useDocument.getState().seal();
      },
    },
  };
}
