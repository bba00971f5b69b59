import type Sqlite from "better-sqlite3";
import type { Database } from "../store/database.ts";

/** One message and, once its run has ended well, its answer. */
export interface Turn {
  /** Key of the firing that runs the flow for it. */
  firing: string;
  flow: string;
  message: string;
  runId?: string;
  answer?: string;
  at: number;
}

/** A conversation as lists show it. */
export interface Conversation {
  id: string;
  title: string;
  at: number;
  turns: number;
}

export interface ConversationId {
  flow: string;
  id: string;
}

interface TurnRow {
  firing: string;
  flow: string;
  message: string;
  run_id: string | null;
  answer: string | null;
  at: number;
}

const TITLE_LENGTH = 60;

/** What was said in the chats of a project, in SQLite. All methods @throw HeddleError `store.*` */
export class ConversationStore {
  private readonly database: Database;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.database = database;
    this.statements = database.guard(prepare);
  }

  /** Adds a message, and the conversation with its first one. */
  say({ flow, id }: ConversationId, said: { firing: string; message: string; at: number }): void {
    const title = said.message.trim().split("\n")[0]!.slice(0, TITLE_LENGTH);
    this.database.guard((sql) =>
      sql.transaction(() => {
        this.statements.begin.run(flow, id, title, said.at);
        this.statements.say.run(flow, id, said.firing, said.message, said.at);
      })(),
    );
  }

  /** Takes back a message whose run couldn't start. */
  takeBack(firing: string): void {
    this.database.guard((sql) =>
      sql.transaction(() => {
        this.statements.takeBack.run(firing);
        this.statements.removeEmpty.run();
      })(),
    );
  }

  began(firing: string, runId: string): void {
    this.database.guard(() => this.statements.began.run(runId, firing));
  }

  /** Ends a turn, with the answer where the run gave one. Once only: a turn that has ended stays as it is. */
  settle(firing: string, answer: string | undefined): void {
    this.database.guard(() => this.statements.settle.run(answer ?? null, firing));
  }

  /** Turns whose run hasn't ended yet, as far as is known. */
  open(): Turn[] {
    return this.database.guard(() => this.statements.open.all().map(turn));
  }

  turns({ flow, id }: ConversationId): Turn[] {
    return this.database.guard(() => this.statements.turns.all(flow, id).map(turn));
  }

  /** The latest first. */
  list(flow: string): Conversation[] {
    return this.database.guard(() => this.statements.list.all(flow));
  }

  /** False when there is none. */
  remove({ flow, id }: ConversationId): boolean {
    return this.database.guard(() => this.statements.remove.run(flow, id)).changes > 0;
  }
}

function prepare(sql: Sqlite.Database) {
  return {
    begin: sql.prepare<[string, string, string, number]>(
      `INSERT INTO conversations (flow, id, title, at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at`,
    ),
    say: sql.prepare<[string, string, string, string, number]>(
      "INSERT INTO turns (flow, conversation, firing, message, at) VALUES (?, ?, ?, ?, ?)",
    ),
    takeBack: sql.prepare<[string]>("DELETE FROM turns WHERE firing = ?"),
    removeEmpty: sql.prepare<[]>(
      "DELETE FROM conversations WHERE NOT EXISTS (SELECT 1 FROM turns WHERE turns.flow = conversations.flow AND conversation = id)",
    ),
    began: sql.prepare<[string, string]>("UPDATE turns SET run_id = ? WHERE firing = ?"),
    settle: sql.prepare<[string | null, string]>(
      "UPDATE turns SET answer = ?, settled = 1 WHERE firing = ? AND settled = 0",
    ),
    open: sql.prepare<[], TurnRow>("SELECT * FROM turns WHERE settled = 0 ORDER BY number"),
    turns: sql.prepare<[string, string], TurnRow>(
      "SELECT * FROM turns WHERE flow = ? AND conversation = ? ORDER BY number",
    ),
    list: sql.prepare<[string], Conversation>(
      `SELECT id, title, at, (SELECT count(*) FROM turns WHERE turns.flow = conversations.flow AND conversation = id) AS turns
       FROM conversations WHERE flow = ? ORDER BY at DESC, id`,
    ),
    remove: sql.prepare<[string, string]>("DELETE FROM conversations WHERE flow = ? AND id = ?"),
  };
}

function turn({ firing, flow, message, run_id: runId, answer, at }: TurnRow): Turn {
  return { firing, flow, message, at, ...(runId !== null && { runId }), ...(answer !== null && { answer }) };
}
