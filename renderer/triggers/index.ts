export { TriggersPage } from "./triggers-page.tsx";
