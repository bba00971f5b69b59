import { readFile, stat, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { heddleHome } from "./home.ts";
import { createModelRegistry } from "./model-registry.ts";
import { createSecretStore } from "./secrets.ts";
import { createSettingsStore } from "./settings.ts";

const home = async () => heddleHome(await temporaryFolder());

describe("settings", () => {
  it("are empty at first, keep what is saved and survive a restart", async () => {
    const at = await home();
    const settings = createSettingsStore(at);
    expect(await settings.preferences()).toEqual({});
    await settings.savePreferences({ language: "zh" });
    await settings.savePreferences({ theme: "dark" });
    await Promise.all(["/a", "/b", "/a"].map((path) => settings.opened(path)));
    const again = createSettingsStore(at);
    expect(await again.preferences()).toEqual({ language: "zh", theme: "dark" });
    expect(await again.recent()).toEqual(["/a", "/b"]);
  });

  it("say which file is broken instead of overwriting it", async () => {
    const at = await home();
    await writeFile(at.settings, "{");
    const settings = createSettingsStore(at);
    await expect(settings.savePreferences({ theme: "dark" })).rejects.toMatchObject({ code: "file.invalid" });
    expect(await readFile(at.settings, "utf8")).toBe("{");
  });
});

describe("secrets", () => {
  it("come back after a restart and stand nowhere in plain text", async () => {
    const at = await home();
    await createSecretStore(at).set("SHOP_KEY", "hunter2-hunter2");
    const again = createSecretStore(at);
    expect(await again.names()).toEqual(["SHOP_KEY"]);
    expect(await again.get("SHOP_KEY")).toBe("hunter2-hunter2");
    expect(await readFile(at.secrets, "utf8")).not.toContain("hunter2");
  });

  it.skipIf(process.platform === "win32")("can be read by the user alone, key and values", async () => {
    const at = await home();
    await createSecretStore(at).set("A", "1");
    for (const path of [at.secrets, at.secretsKey]) expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("say what is missing, misnamed or sealed with another key, without the value", async () => {
    const at = await home();
    const secrets = createSecretStore(at);
    await secrets.set("A", "top secret");
    await expect(secrets.get("B")).rejects.toMatchObject({ code: "secret.missing" });
    await expect(secrets.remove("B")).rejects.toMatchObject({ code: "secret.missing" });
    await expect(secrets.set("not a name", "x")).rejects.toMatchObject({ code: "secret.name" });
    const other = createSecretStore(at, async () => Buffer.alloc(32, 7));
    await expect(other.get("A")).rejects.toMatchObject({ code: "secret.unreadable" });
  });

  it("can't be swapped in the file", async () => {
    const at = await home();
    const secrets = createSecretStore(at);
    await secrets.set("CHEAP", "a");
    await secrets.set("DEAR", "b");
    const content = JSON.parse(await readFile(at.secrets, "utf8"));
    content.secrets.CHEAP = content.secrets.DEAR;
    await writeFile(at.secrets, JSON.stringify(content));
    await expect(secrets.get("CHEAP")).rejects.toMatchObject({ code: "secret.unreadable" });
  });
});

describe("the model registry", () => {
  it("keeps models and refuses a second of the same name", async () => {
    const at = await home();
    const registry = createModelRegistry(at);
    const model = { id: "qwen", kind: "llama" as const, path: "/models/qwen.gguf" };
    await registry.add(model);
    await expect(registry.add(model)).rejects.toMatchObject({ code: "model.exists" });
    await expect(registry.add({ ...model, id: "demo" })).rejects.toMatchObject({ code: "model.exists" });
    expect(await createModelRegistry(at).list()).toMatchObject([model]);
    await registry.remove("qwen");
    await expect(registry.remove("qwen")).rejects.toMatchObject({ code: "not-found" });
  });
});
