import { entries } from "./entry.ts";

/** What steps report that send mail and notices, or call an API by its OpenAPI document. */
export const MESSAGE_ERRORS = entries({
  "email.bad-server": {
    status: 422,
    retryable: false,
    en: "The mail server must look like smtp://mail.example.com:587 or smtps://mail.example.com. Correct “Server”.",
    zh: "邮件服务器应形如 smtp://mail.example.com:587 或 smtps://mail.example.com。请修正“服务器”。",
  },
  "email.no-recipient": {
    status: 422,
    retryable: false,
    en: "The mail has no one to go to: To, Cc and Bcc are empty. Fill in an address, or check the step it comes from.",
    zh: "邮件没有收件人：收件人、抄送和密送都为空。请填写地址，或检查提供地址的步骤。",
  },
  "email.bad-address": {
    status: 422,
    retryable: false,
    en: "“{address}” is not a mail address. Write name@example.com, several with commas between.",
    zh: "“{address}”不是邮件地址。请写成 name@example.com，多个地址用逗号分隔。",
  },
  "email.unreachable": {
    status: 503,
    retryable: true,
    en: "The mail server {server} can’t be reached: {detail}. Check its address and port.",
    zh: "无法连接邮件服务器 {server}：{detail}。请检查地址和端口。",
  },
  "email.refused-login": {
    status: 401,
    retryable: false,
    en: "The mail server {server} refused user or password: {detail}. Correct “User” and the password’s secret.",
    zh: "邮件服务器 {server} 拒绝了用户名或密码：{detail}。请修正“用户”和密码密钥。",
  },
  "email.busy": {
    status: 503,
    retryable: true,
    en: "The mail server {server} can’t take the mail now: {detail}. Retries on this step try again by themselves.",
    zh: "邮件服务器 {server} 暂时无法接收：{detail}。为该步骤设置重试即可自动重试。",
  },
  "email.rejected": {
    status: 422,
    retryable: false,
    en: "The mail server {server} refused the mail: {detail}. Nobody got it; correct sender or recipients.",
    zh: "邮件服务器 {server} 拒收了该邮件：{detail}。没有人收到；请修正发件人或收件人。",
  },
  "openapi.unreadable": {
    status: 422,
    retryable: false,
    en: "The OpenAPI document {document} can’t be used: {detail}. It must be OpenAPI 3.0 or 3.1, as JSON or YAML.",
    zh: "OpenAPI 文档 {document} 无法使用：{detail}。需要 JSON 或 YAML 格式的 OpenAPI 3.0 或 3.1。",
  },
  "openapi.no-server": {
    status: 422,
    retryable: false,
    en: "The document {document} doesn’t say where the API is. Fill in “Server”, like https://api.example.com/v1.",
    zh: "文档 {document} 没有说明 API 的地址。请填写“服务器”，例如 https://api.example.com/v1。",
  },
});
