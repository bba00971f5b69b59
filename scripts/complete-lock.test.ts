import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { complete, platformOf } from "./complete-lock.mjs";

describe("completing the lock", () => {
  it("reads from a package's name where it runs", () => {
    expect(platformOf("@oxlint/binding-linux-arm64-musl")).toEqual({ os: ["linux"], cpu: ["arm64"], libc: ["musl"] });
    expect(platformOf("@oxfmt/binding-win32-x64-msvc")).toEqual({ os: ["win32"], cpu: ["x64"] });
    expect(platformOf("@node-llama-cpp/mac-arm64-metal")).toEqual({ os: ["darwin"], cpu: ["arm64"] });
    expect(platformOf("@tailwindcss/oxide-wasm32-wasi")).toEqual({ cpu: ["wasm32"] });
    expect(platformOf("bufferutil")).toEqual({});
  });

  it("adds what npm left out, beside the package that wants it where another version stands at the top", () => {
    const packages = {
      "": {},
      "node_modules/tool": {
        version: "2.0.0",
        dev: true,
        optionalDependencies: { "tool-linux-x64": "2.0.0", "tool-darwin-x64": "2.0.0" },
      },
      "node_modules/tool-linux-x64": { version: "1.0.0", optional: true },
    };
    expect(complete(packages)).toEqual([
      "node_modules/tool/node_modules/tool-linux-x64",
      "node_modules/tool-darwin-x64",
    ]);
    expect(packages["node_modules/tool-darwin-x64" as "node_modules/tool"]).toEqual({
      version: "2.0.0",
      os: ["darwin"],
      cpu: ["x64"],
      dev: true,
      optional: true,
    });
    expect(complete(packages)).toEqual([]);
  });

  it("leaves alone what npm chose for a range", () => {
    const packages = {
      "node_modules/db": {
        version: "1.0.0",
        optionalDependencies: { "db-linux-x64": "^1.0.0", "db-win32-x64": "^1.0.0" },
      },
      "node_modules/db-linux-x64": { version: "1.2.0", optional: true },
    };
    expect(complete(packages)).toEqual(["node_modules/db-win32-x64"]);
    expect(packages["node_modules/db-win32-x64" as "node_modules/db"]).toMatchObject({
      version: "1.0.0",
      os: ["win32"],
    });
  });

  it("has been done for the lock of this project", () => {
    const lock = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package-lock.json"), "utf8")) as {
      packages: Record<string, object>;
    };
    expect(complete(lock.packages)).toEqual([]);
  });
});
