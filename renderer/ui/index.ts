export { Badge, StatusDot, type Tone } from "./badge.tsx";
export { Button, type ButtonProps, type ButtonVariant } from "./button.tsx";
export { Callout, type CalloutProps } from "./callout.tsx";
export { cn } from "./cn.ts";
export { Combobox, type ComboboxProps } from "./combobox.tsx";
export { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog.tsx";
export {
  ContextMenu,
  ContextMenuContent,
  ContextMenuItem,
  ContextMenuSeparator,
  ContextMenuTrigger,
} from "./context-menu.tsx";
export { Dialog, type DialogProps } from "./dialog.tsx";
export {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
  type MenuItemProps,
} from "./dropdown-menu.tsx";
export { EmptyState, type EmptyStateProps } from "./empty-state.tsx";
export { Field, useFieldProps, type FieldProps } from "./field.tsx";
export { IconButton, type IconButtonProps } from "./icon-button.tsx";
export { nodeIcon } from "./icons.ts";
export {
  CONTROL,
  Input,
  SearchInput,
  Textarea,
  type InputProps,
  type SearchInputProps,
  type TextareaProps,
} from "./input.tsx";
export { CopyButton, JsonView } from "./json-view.tsx";
export { Kbd, keyLabel } from "./kbd.tsx";
export { familyColor, NodeChip, type NodeChipProps } from "./node-chip.tsx";
export { Card, Page, Section, type PageProps } from "./page.tsx";
export { Popover, type PopoverProps } from "./popover.tsx";
export { ScrollArea } from "./scroll-area.tsx";
export { Select, type Option, type SelectProps } from "./select.tsx";
export { Spinner } from "./spinner.tsx";
export { SplitButton, type SplitButtonProps } from "./split-button.tsx";
export { Checkbox, Switch, type ToggleProps } from "./switch.tsx";
export { TabPanel, Tabs, type TabItem, type TabsProps } from "./tabs.tsx";
export { notify, Toaster } from "./toast.tsx";
export { Tooltip, TooltipProvider, type TooltipProps } from "./tooltip.tsx";
