import { z } from "zod";
import type { Text } from "../../engine/lib/text.ts";
import { field } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";

const WEBHOOK_METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE"] as const;

const NO_SECRET: Text = {
  en: "Choose the secret that callers must know, or set the check to “none”.",
  zh: "请选择调用方必须知道的密钥，或将校验方式设为 none。",
};

export const webhookConfig = z
  .object({
    path: field(z.string().regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/), {
      label: { en: "Path", zh: "路径" },
      help: {
        en: "The end of the address: letters, digits, “-”, “_” and “/”.",
        zh: "地址的末尾：字母、数字、“-”、“_”和“/”。",
      },
      placeholder: { en: "orders/new", zh: "orders/new" },
    }),
    methods: field(z.array(z.enum(WEBHOOK_METHODS)).min(1).default(["POST"]), {
      label: { en: "Methods", zh: "请求方法" },
    }),
    auth: field(z.enum(["none", "secret", "hmac"]).default("none"), {
      label: { en: "How callers are checked", zh: "调用方校验" },
      choices: {
        none: { en: "Not at all", zh: "不校验" },
        secret: { en: "By a secret", zh: "密钥" },
        hmac: { en: "By a signature", zh: "签名" },
      },
      help: {
        en: "secret: a header holds the secret. hmac: a header holds the body’s signature (HMAC-SHA-256), as many services send it.",
        zh: "secret：请求头携带密钥；hmac：请求头携带正文签名（HMAC-SHA-256），许多服务采用此方式。",
      },
    }),
    secret: field(z.string().optional(), {
      label: { en: "Secret", zh: "密钥" },
      help: { en: "Like {{ secrets.SHOP_HOOK }}.", zh: "例如 {{ secrets.SHOP_HOOK }}。" },
      widget: "secret",
    }),
    header: field(
      z
        .string()
        .regex(/^[A-Za-z0-9-]+$/)
        .optional(),
      {
        label: { en: "Header", zh: "请求头" },
        help: {
          en: "Where the secret or the signature stands. Empty: x-webhook-secret, or x-signature-256.",
          zh: "密钥或签名所在的请求头；留空为 x-webhook-secret 或 x-signature-256。",
        },
        advanced: true,
      },
    ),
    respond: field(z.enum(["run", "output"]).default("run"), {
      label: { en: "Answer the caller", zh: "回应调用方" },
      choices: {
        run: { en: "At once, with the run’s id", zh: "立即返回运行 id" },
        output: { en: "With the result", zh: "返回结果" },
      },
      help: {
        en: "run: at once, with the run’s id. output: when the run has ended, with its result.",
        zh: "run：立即返回运行 id；output：运行结束后返回结果。",
      },
    }),
    body: field(z.record(z.string(), z.json()).optional(), {
      label: { en: "Form of the body", zh: "正文格式" },
      help: {
        en: "Calls that don’t fit are refused, and later steps are checked against it.",
        zh: "不符合的调用会被拒绝，后续步骤也据此检查。",
      },
      widget: "schema",
      advanced: true,
    }),
  })
  .superRefine(({ auth, secret }, issues) => {
    if (auth !== "none" && (secret ?? "").trim() === "")
      issues.addIssue({ code: "custom", path: ["secret"], ...issue(NO_SECRET) });
  });
export type WebhookConfig = z.infer<typeof webhookConfig>;

/** The header that holds the secret or the signature, in lower case. */
export const webhookHeader = ({ auth, header }: WebhookConfig): string =>
  (header ?? (auth === "hmac" ? "x-signature-256" : "x-webhook-secret")).toLowerCase();

export const WEBHOOK_DOCS: Text = {
  en: `The flow runs once for each call of its address. Switch the flow’s triggers on and copy the address from there: it ends in the **path**.

Later steps read \`{{ key.body.id }}\` (JSON and forms are read for you, anything else is text), \`{{ key.query.source }}\`,
\`{{ key.headers["user-agent"] }}\` and \`{{ key.method }}\`. Give the body a form, and calls that don’t fit are refused before anything runs.

**How callers are checked**: anyone who knows the address can call it unless you ask for a secret. *secret* compares a header with a secret of this
computer; *hmac* checks a signature of the body, which shops, payment and code hosting services send. A call whose \`Idempotency-Key\` was seen before
doesn’t run twice.

**Answer the caller** at once with the run’s id, or wait for the run and give its result.`,
  zh: `每次调用其地址，流程就运行一次。启用流程的触发器后，可在那里复制地址，其末尾即**路径**。

后续步骤读取 \`{{ key.body.id }}\`（JSON 和表单会自动解析，其他为文本）、\`{{ key.query.source }}\`、\`{{ key.headers["user-agent"] }}\` 和 \`{{ key.method }}\`。为正文设定格式后，不符合的调用在运行前即被拒绝。

**调用方校验**：不设密钥时，知道地址的人都能调用。*secret* 将请求头与本机密钥比较；*hmac* 校验正文签名，商城、支付和代码托管服务常用此方式。带有相同 \`Idempotency-Key\` 的调用不会重复运行。

**回应调用方**：立即返回运行 id，或等运行结束后返回结果。`,
};
