export { FlowCode } from "./flow-code.tsx";
