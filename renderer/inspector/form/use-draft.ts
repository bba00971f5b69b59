import { useEffect, useRef, useState, type ChangeEvent, type CompositionEvent } from "react";
import { useDocument } from "../../document/store.ts";

/**
 * Text that is being typed. While the field has the focus the typed text is the truth; the document follows at every change, but never
 * in the middle of a word that an input method is composing. A change from elsewhere (undo, the code view) is taken over.
 */
export function useDraft(value: string, commit: (text: string) => void) {
  const [draft, setDraft] = useState(value);
  const sent = useRef(value);
  const composing = useRef(false);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setDraft(value);
  }, [value]);
  const type = (text: string) => {
    setDraft(text);
    if (composing.current || text === sent.current) return;
    sent.current = text;
    commit(text);
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
      onBlur: () => useDocument.getState().seal(),
    },
  };
}
