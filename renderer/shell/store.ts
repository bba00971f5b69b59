import { create } from "zustand";

export const PAGES = ["flows", "runs", "inbox", "triggers", "tools", "models", "publish", "settings"] as const;
export type Page = (typeof PAGES)[number];

export const DRAWER_TABS = ["run", "problems", "chat"] as const;
export type DrawerTab = (typeof DRAWER_TABS)[number];

/** What lies over everything else, one at a time. */
export type Overlay = "commands" | "project" | "new-project" | "new-flow" | "remove-flow" | "publish";

export interface ShellState {
  page: Page;
  drawer: DrawerTab;
  drawerOpen: boolean;
  /** The flow's YAML stands in the inspector's place. */
  code: boolean;
  overlay: Overlay | null;
  goTo(page: Page): void;
  showDrawer(tab: DrawerTab): void;
  toggleDrawer(): void;
  setDrawerOpen(open: boolean): void;
  toggleCode(): void;
  open(overlay: Overlay): void;
  closeOverlay(): void;
}

/** Where the user is in the studio. */
export const useShell = create<ShellState>((set) => ({
  page: "flows",
  drawer: "run",
  drawerOpen: true,
  code: false,
  overlay: null,
  goTo: (page) => set({ page, overlay: null }),
  showDrawer: (drawer) => set({ page: "flows", drawer, drawerOpen: true, overlay: null }),
  toggleDrawer: () => set(({ drawerOpen }) => ({ drawerOpen: !drawerOpen })),
  setDrawerOpen: (drawerOpen) => set({ drawerOpen }),
  toggleCode: () => set(({ code }) => ({ page: "flows", code: !code })),
  open: (overlay) => set({ overlay }),
  closeOverlay: () => set({ overlay: null }),
}));

/** The same, outside of rendering. */
export const shellStore = useShell as Pick<typeof useShell, "getState" | "setState" | "subscribe">;
