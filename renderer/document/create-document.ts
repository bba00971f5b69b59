import { replaceEqualDeep } from "@tanstack/react-query";
import { createStore, type StoreApi } from "zustand/vanilla";
import {
  applyCommand,
  readFlow,
  rewriteFlow,
  type Flow,
  type FlowSource,
  type KnownSites,
} from "../../engine/flow/index.ts";
import { createAnalyzer } from "./analysis.ts";
import { createAutosave } from "./autosave.ts";
import { editLabel, mergeKey, type EditLabel } from "./edit-label.ts";
import { hostError, type FlowsClient } from "./flows-client.ts";
import { lazy } from "./lazy.ts";
import { EMPTY_HISTORY, record, seal, stepBack, stepForward, type History } from "./history.ts";
import type { Recovery } from "./recovery.ts";
import type { Conflict, DocumentState, PastFlow } from "./state.ts";
import { watchFiles, type FileChange } from "./watch.ts";

export interface DocumentOptions {
  flows: () => FlowsClient;
  recovery: Recovery;
  /** ms since 1970 */
  now: () => number;
  /** Where configs hold references. */
  sites?: () => KnownSites | undefined;
  saveDelay?: number;
  analyzeDelay?: number;
  retryDelay?: number;
  /** Quiet time before an edit is written into the text, ms. */
  textDelay?: number;
}

/** Edits that aren't in the text yet. */
interface Pending {
  /** The text before those that merge. */
  base: () => FlowSource;
  merge: string | undefined;
  /** Of the first of them, on the page's clock. */
  since: number;
  texts: (() => string)[];
}

/** Up to this many nodes an edit is written into the text at once: it takes a few milliseconds. */
const SMALL = 150;
/** Edits that never pause are written after this time. */
const LONGEST_PENDING_MS = 1000;

const NOTHING = readFlow("heddle: 1\nname: Untitled\n");

/** Text that holds no flow, or says one part of it twice, as it does in the middle of typing: the flow that it was is still shown. */
const UNREADABLE: ReadonlySet<string> = new Set(["flow.syntax", "flow.not-a-flow", "flow.repeated-key"]);
const isBroken = (source: FlowSource): boolean => source.problems.some((problem) => UNREADABLE.has(problem.code));

/** Makes a document store. One store holds one open flow at a time. */
export function createDocument(options: DocumentOptions): StoreApi<DocumentState> & { dispose(): void } {
  const { flows, recovery } = options;
  const retryDelay = options.retryDelay ?? 3000;
  let turn = 0;
  /** The text as it will be once what is pending is written. */
  let current: () => FlowSource = () => NOTHING;
  let pending: Pending | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store = createStore<DocumentState>(() => ({
    ...closedState(),
    open,
    showPast,
    close,
    apply,
    replaceText,
    undo: () => travel(stepBack, "before"),
    redo: () => travel(stepForward, "after"),
    seal: () => {
      if (pending) settle();
      set({ history: seal(get().history) });
    },
    flush,
    resolveConflict,
  }));
  const { getState: get } = store;

  /** Changes the state without reading its `source`, which would write it. */
  function set(change: Partial<DocumentState>) {
    const parts = [get(), change].map((part) => Object.getOwnPropertyDescriptors(part));
    store.setState(Object.defineProperties({}, Object.assign({}, ...parts)) as DocumentState, true);
  }

  const autosave = createAutosave({
    write: (text, base) => flows().write({ name: get().name!, text, base }),
    written: (text) => {
      set({ saveError: null });
      // What is pending isn't in the file yet, whatever it comes to.
      if (!pending && get().source.text === text) recovery.forget(get().path);
    },
    changed: (savedState) => set({ savedState }),
    refused: (thrown) => {
      const saveError = hostError(thrown);
      set({ saveError });
      const taken = saveError.code === "flow.conflict";
      if (taken) void meetConflict();
      return taken;
    },
    delay: options.saveDelay ?? 500,
    retryDelay,
  });

  const analyzer = createAnalyzer({
    analyze(text, signal) {
      const { name } = get();
      return flows().analyze({ text, ...(name !== null && { flow: name }) }, { signal });
    },
    answered: (answer) => {
      const { analysis, broken } = get();
      const whole = broken && analysis ? { ...answer, nodes: analysis.nodes, input: analysis.input } : answer;
      set({ analysis: replaceEqualDeep(analysis, whole) });
    },
    failed: () => undefined,
    delay: options.analyzeDelay ?? 150,
  });

  let stopWatching: (() => void) | undefined;

  /** Shows a source; what didn't change keeps its identity, so that only what changed renders again. */
  function show(source: FlowSource, history: History) {
    const broken = isBroken(source);
    const fresh = get().flow === NOTHING.flow;
    const flow = broken && !fresh ? get().flow : replaceEqualDeep(get().flow, source.flow);
    current = () => source;
    set({
      source,
      readOnly: source.readOnly,
      flow,
      broken,
      editable: !broken && !source.readOnly && !get().past,
      history,
      ...historyFlags(history),
    });
    analyzer.request(() => source.text);
  }

  function commit(after: FlowSource, label: EditLabel, merge?: string) {
    const before = get().source.text;
    const { history, path } = get();
    const texts = { before: () => before, after: () => after.text };
    show(after, record(history, { label, ...texts, merge, at: options.now() }));
    keep(path, after.text);
  }

  /** Shows an edited flow at once; its text is written when it is asked for, or when it has been quiet for a while. */
  function commitFlow(flow: Flow, label: EditLabel, merge: string | undefined) {
    const { history } = get();
    const before = current;
    const base = pending && merge !== undefined && pending.merge === merge ? pending.base : before;
    const source = lazy(() => rewriteFlow(base(), flow));
    const texts = { before: lazy(() => before().text), after: lazy(() => source().text) };
    pending = {
      base,
      merge,
      since: pending?.since ?? performance.now(),
      texts: [...(pending?.texts ?? []), texts.after, texts.before],
    };
    current = source;
    const next = record(history, { label, ...texts, merge, at: options.now() });
    set({
      get source() {
        return source();
      },
      flow,
      history: next,
      ...historyFlags(next),
      ...(get().savedState === "saved" && { savedState: "unsaved" }),
    });
    analyzer.request(() => settled().text);
    clearTimeout(timer);
    const small = Object.keys(flow.nodes).length <= SMALL;
    if (small || performance.now() - pending.since > LONGEST_PENDING_MS) settle();
    else timer = setTimeout(settle, options.textDelay ?? 120);
  }

  /** Writes what was edited into the text and hands it on. */
  function settle() {
    clearTimeout(timer);
    if (!pending) return;
    // The history keeps texts and lets go of what they are made from.
    for (const text of pending.texts) text();
    pending = undefined;
    const { source, flow, path } = get();
    const read = replaceEqualDeep(flow, source.flow);
    set(read === flow ? { source } : { source, flow: read });
    keep(path, source.text);
  }

  function settled(): FlowSource {
    settle();
    return get().source;
  }

  function flush(): Promise<void> {
    settle();
    return autosave.flush();
  }

  /** Hands the text to autosave, and to recovery until the host confirms it. */
  function keep(path: string, text: string) {
    if (text === autosave.savedText) recovery.forget(path);
    else recovery.keep(path, { base: autosave.revision, text });
    autosave.edit(text);
  }

  function apply(...[command, { label, merge } = {}]: Parameters<DocumentState["apply"]>) {
    const { flow, editable } = get();
    if (!editable) return;
    const edited = replaceEqualDeep(flow, applyCommand(flow, command, options.sites?.()).flow);
    if (edited !== flow) commitFlow(edited, label ?? editLabel(flow, command), merge ?? mergeKey(command));
  }

  function replaceText(text: string) {
    const before = settled();
    if (before.readOnly || get().past || text === before.text) return;
    commit(readFlow(text, before), { key: "text" }, "text");
  }

  function travel(step: typeof stepBack, side: "before" | "after") {
    settle();
    const moved = step(get().history);
    if (!moved) return;
    const text = moved.entry[side]();
    show(readFlow(text), moved.history);
    keep(get().path, text);
  }

  async function open(name: string) {
    await flush();
    autosave.stop();
    const mine = ++turn;
    current = () => NOTHING;
    set({ ...closedState(), name, loading: true });
    try {
      const file = await flows().read({ name });
      if (mine !== turn) return;
      set({ loading: false, path: file.path, savedState: "saved" });
      autosave.load(file.text, file.revision);
      show(readFlow(file.text), EMPTY_HISTORY);
      if (get().source.readOnly) autosave.hold("read-only");
      else recover();
      stopWatching ??= watchFiles({ flows, changed: (change) => void fileChanged(change), retryDelay });
    } catch (error) {
      if (mine === turn) set({ loading: false, openError: hostError(error) });
    }
  }

  async function showPast({ name, text, path }: PastFlow) {
    await flush();
    autosave.stop();
    turn++;
    set({ ...closedState(), name, path, past: true });
    show(readFlow(text), EMPTY_HISTORY);
  }

  function recover() {
    const unsaved = recovery.find(get().path);
    if (!unsaved || unsaved.text === get().source.text) return;
    const theirs: Conflict = { text: get().source.text, revision: autosave.revision };
    commit(readFlow(unsaved.text), { key: "recovered" });
    if (unsaved.base === theirs.revision) return;
    autosave.hold("conflict");
    set({ conflict: theirs });
  }

  async function fileChanged(change: FileChange) {
    if (change.name !== get().name || get().past || change.revision === autosave.revision) return;
    await flush();
    if (change.revision === autosave.revision || get().conflict) return;
    if (get().savedState !== "saved" || change.revision === null) return meetConflict();
    const mine = turn;
    const file = await flows().read({ name: change.name });
    if (mine !== turn || file.revision === autosave.revision) return;
    if (get().savedState !== "saved") return meetConflict();
    takeFile(file.text, file.revision);
  }

  /** The file's own text, as an edit that can be undone. */
  function takeFile(text: string, revision: string) {
    autosave.load(text, revision);
    recovery.forget(get().path);
    if (text !== get().source.text) commit(readFlow(text), { key: "disk" });
    if (get().source.readOnly) autosave.hold("read-only");
  }

  async function meetConflict() {
    autosave.hold("conflict");
    const mine = turn;
    const conflict = await flows()
      .read({ name: get().name! })
      .then(({ text, revision }): Conflict => ({ text, revision }))
      .catch((): Conflict => ({ text: null, revision: "" }));
    if (mine !== turn) return;
    if (conflict.text === get().source.text) takeFile(conflict.text, conflict.revision);
    else set({ conflict });
  }

  async function resolveConflict(choice: Parameters<DocumentState["resolveConflict"]>[0]) {
    const { conflict, source, flow } = get();
    if (!conflict) return;
    if (choice === "both") {
      const copy = await flows().create({ title: flow.name });
      await flows().write({ name: copy.name, text: source.text, base: copy.revision });
    }
    set({ conflict: null, saveError: null });
    if (choice === "mine" || conflict.text === null) autosave.rebase(conflict.revision);
    else takeFile(conflict.text, conflict.revision);
    await flush();
  }

  async function close() {
    await flush();
    autosave.stop();
    turn++;
    set(closedState());
  }

  function dispose() {
    turn++;
    clearTimeout(timer);
    stopWatching?.();
    autosave.dispose();
    analyzer.dispose();
  }

  return Object.assign(store, { dispose });
}

function historyFlags(history: History) {
  const undoLabel = history.past.at(-1)?.label ?? null;
  const redoLabel = history.future.at(-1)?.label ?? null;
  return { canUndo: undoLabel !== null, canRedo: redoLabel !== null, undoLabel, redoLabel };
}

function closedState() {
  return {
    name: null,
    path: "",
    loading: false,
    openError: null,
    source: NOTHING,
    readOnly: undefined,
    flow: NOTHING.flow,
    broken: false,
    editable: false,
    past: false,
    analysis: null,
    savedState: "saved" as const,
    saveError: null,
    conflict: null,
    history: EMPTY_HISTORY,
    ...historyFlags(EMPTY_HISTORY),
  };
}
