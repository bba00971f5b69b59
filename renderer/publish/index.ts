export { PublishDialog } from "./publish-dialog.tsx";
export { PublishPage } from "./publish-page.tsx";
