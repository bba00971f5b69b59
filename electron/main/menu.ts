import type { MenuItemConstructorOptions } from "electron";

/** The menu bar: roles alone, which Electron words in the system's language. The studio has its own commands (Ctrl+K). */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const mac: MenuItemConstructorOptions[] = platform === "darwin" ? [{ role: "appMenu" }] : [];
  return [
    ...mac,
    { role: "fileMenu" },
    // Undo and redo are the studio's own: the page handles their keys, so no accelerator takes them away.
    {
      role: "editMenu",
      submenu: [{ role: "cut" }, { role: "copy" }, { role: "paste" }, { role: "selectAll" }],
    },
    {
      role: "viewMenu",
      submenu: [
        { role: "reload" },
        { role: "toggleDevTools" },
        { type: "separator" },
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
      ],
    },
    { role: "windowMenu" },
  ];
}
