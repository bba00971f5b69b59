import { z } from "zod";
import { HeddleError } from "../../lib/errors/error.ts";
import { DEMO_MODEL_ID, modelDefinitionSchema, type ModelDefinition } from "../../model/definition.ts";
import { jsonFile } from "../json-file.ts";
import type { Home } from "./home.ts";

export interface ModelRegistry {
  list(): Promise<ModelDefinition[]>;
  /** Adds a model. @throws HeddleError `model.exists`, `input.invalid` */
  add(definition: ModelDefinition): Promise<void>;
  /** @throws HeddleError `not-found` */
  remove(id: string): Promise<void>;
}

/** The user's models in HEDDLE_HOME/models.json. The bundled `demo` is always there and stands in no file. */
export function createModelRegistry(home: Home): ModelRegistry {
  const file = jsonFile<ModelDefinition[]>(home.models, z.array(modelDefinitionSchema), []);
  return {
    list: () => file.read(),
    async add(definition) {
      const parsed = modelDefinitionSchema.safeParse(definition);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new HeddleError("input.invalid", {
          where: `models.${issue?.path.join(".")}`,
          detail: issue?.message ?? "",
        });
      }
      await file.update((models) => {
        const taken = definition.id === DEMO_MODEL_ID || models.some((model) => model.id === definition.id);
        if (taken) throw new HeddleError("model.exists", { id: definition.id });
        return [...models, definition];
      });
    },
    async remove(id) {
      await file.update((models) => {
        if (!models.some((model) => model.id === id)) throw new HeddleError("not-found", { kind: "model", name: id });
        return models.filter((model) => model.id !== id);
      });
    },
  };
}
