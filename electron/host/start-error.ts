/** A start that can't go on for a reason that the person can change: its sentence is all they need to see. */
export class StartError extends Error {}
