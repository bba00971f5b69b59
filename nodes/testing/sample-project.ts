import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { FileService } from "../../engine/node/services.ts";
import { SHOP_API } from "./shop-api.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";

/** A project’s folder with the files that the samples of nodes name. */
export async function sampleProject(): Promise<{ folder: string; files: FileService; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "heddle-samples-"));
  mkdirSync(join(folder, "data"));
  const put = (path: string, content: string) => writeFileSync(join(folder, path), content);
  put("data/orders.csv", "id,item,price\n1042,Oak shelf,89.5\n1043,Lamp,20\n");
  mkdirSync(join(folder, "apis"));
  put("apis/shop.yaml", SHOP_API);
  put("data/notes.md", "# Notes\n\nThe oak shelf sells well.\n");
  const shop = new Database(join(folder, "data", "shop.sqlite"));
  shop.exec("create table orders (id integer primary key, item text, price real)");
  shop.exec("insert into orders values (1042, 'Oak shelf', 89.5), (1043, 'Lamp', 20)");
  shop.close();
  return { folder, files: createProjectFiles(folder), remove: () => rm(folder, { recursive: true, force: true }) };
}
