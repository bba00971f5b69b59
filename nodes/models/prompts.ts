/** What a model is told: the wording suits small models (short, the labels in a row) and loses nothing for big ones. */
export interface Prompt {
  system: string;
  prompt: string;
}

/** Asks for one label as JSON `{"label": …}`. */
export function classifyPrompt(request: {
  text: string;
  labels: Readonly<Record<string, string>>;
  instructions?: string;
}): Prompt {
  const lines = Object.entries(request.labels).map(([name, meaning]) =>
    meaning ? `- ${name}: ${meaning}` : `- ${name}`,
  );
  return {
    system: joined([
      `Classify the message into one of:\n${lines.join("\n")}`,
      request.instructions,
      `Reply as JSON with the key "label".`,
    ]),
    prompt: request.text,
  };
}

/** Asks for named values as JSON, `null` where absent. */
export function extractPrompt(request: {
  text: string;
  fields: Readonly<Record<string, { type: string; description?: string }>>;
  instructions?: string;
}): Prompt {
  const names = Object.keys(request.fields).join(", ");
  const meanings = Object.entries(request.fields)
    .filter(([, { description }]) => description)
    .map(([name, { description }]) => `- ${name}: ${description}`);
  return {
    system: joined([
      `Extract the following fields as JSON: ${names}. If a field is not in the text, use null.`,
      meanings.length > 0 && meanings.join("\n"),
      request.instructions,
    ]),
    prompt: request.text,
  };
}

function joined(parts: (string | undefined | false)[]): string {
  return parts.filter((part) => part).join("\n");
}
