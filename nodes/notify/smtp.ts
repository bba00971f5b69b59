import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { reason } from "../data/http-exchange.ts";

export interface SmtpServer {
  /** `smtp://host:port` or `smtps://host:port` */
  address: string;
  user?: string;
  password?: string;
  /** seconds */
  timeout: number;
}

export interface Mail {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo?: string;
  subject: string;
  text: string;
  html?: string;
  attachments: { filename: string; content: Buffer }[];
  messageId: string;
}

export type Delivery = { messageId: string; accepted: string[]; rejected: string[] };

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/** The same for every try of a step, so that mailboxes recognise a mail that was sent twice. */
export function messageIdOf(idempotencyKey: string, from: string): string {
  const domain = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "heddle.invalid";
  return `<${createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 40)}@${domain}>`;
}

/** Sends one mail. @throws HeddleError `email.*` */
export async function sendMail(server: SmtpServer, mail: Mail, signal: AbortSignal): Promise<Delivery> {
  signal.throwIfAborted();
  const url = serverUrl(server.address);
  const transport = createTransport(transportOptions(url, server));
  const abort = () => transport.close();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const sent = await transport.sendMail(mail);
    return { messageId: mail.messageId, accepted: addresses(sent.accepted), rejected: addresses(sent.rejected) };
  } catch (error) {
    signal.throwIfAborted();
    throw explain(error, url.host);
  } finally {
    signal.removeEventListener("abort", abort);
    transport.close();
  }
}

function serverUrl(address: string): URL {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  if (!url || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "")
    throw new HeddleError("email.bad-server");
  return url;
}

function transportOptions(url: URL, { user, password, timeout }: SmtpServer) {
  const secure = url.protocol === "smtps:";
  const patience = timeout * 1000;
  return {
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // A password never crosses a network in the open.
    requireTLS: !secure && password !== undefined && !LOOPBACK.test(url.hostname),
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const addresses = (list: readonly (string | { address: string })[] = []): string[] =>
  list.map((entry) => (typeof entry === "string" ? entry : entry.address));

/** SMTP answers of 400 to 499 are “not now”; of 500 and above “not like this” (RFC 5321, 4.2.1). */
function explain(cause: unknown, server: string): unknown {
  if (!(cause instanceof Error)) return cause;
  const code = "code" in cause ? String(cause.code) : "";
  const status = "responseCode" in cause ? Number(cause.responseCode) : 0;
  const said = "response" in cause && typeof cause.response === "string" ? cause.response : reason(cause);
  const params = { server, detail: said.replace(/\s+/g, " ").slice(0, 300) };
  if (code === "EAUTH") return new HeddleError("email.refused-login", params, { cause });
  if (status >= 400 && status < 500) return new HeddleError("email.busy", params, { cause });
  if (status >= 500) return new HeddleError("email.rejected", params, { cause });
  return new HeddleError("email.unreachable", params, { cause });
}
