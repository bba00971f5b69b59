import { entries } from "./entry.ts";

export const STORE_ERRORS = entries({
  "store.locked": {
    status: 503,
    retryable: true,
    en: "The database {path} is in use by another program. Close the other one (a second Heddle, a database viewer) and try again.",
    zh: "数据库 {path} 正被另一个程序使用。请关闭该程序（另一个 Heddle 或数据库查看器）后重试。",
  },
  "store.corrupt": {
    status: 500,
    retryable: false,
    en: "The database {path} is damaged: {detail}. Nothing was changed. Move the file away to start with an empty history, or put back a copy; your flows are files of their own and are not affected.",
    zh: "数据库 {path} 已损坏：{detail}。未做任何改动。可将该文件移走以从空的历史重新开始，或换回备份；您的流程是独立文件，不受影响。",
  },
  "store.read-only": {
    status: 500,
    retryable: false,
    en: "The database {path} can’t be written. Check the permissions of the file and its folder.",
    zh: "无法写入数据库 {path}。请检查该文件及其文件夹的权限。",
  },
  "store.disk-full": {
    status: 507,
    retryable: true,
    en: "The disk that holds {path} is full. Free some space; runs that stopped because of it go on when the project is opened again.",
    zh: "{path} 所在的磁盘已满。请释放空间；因此中断的运行会在重新打开项目后继续。",
  },
  "store.newer": {
    status: 409,
    retryable: false,
    en: "The database {path} was written by a newer Heddle (format {found}, this one knows {known}). Update Heddle; the file was not changed.",
    zh: "数据库 {path} 由更新版本的 Heddle 写入（格式 {found}，当前版本支持到 {known}）。请更新 Heddle；文件未被改动。",
  },
  "store.unavailable": {
    status: 500,
    retryable: false,
    en: "The database {path} can’t be used: {detail}. Check that its folder exists and can be written.",
    zh: "无法使用数据库 {path}：{detail}。请确认其文件夹存在且可写。",
  },
  "store.value-missing": {
    status: 500,
    retryable: false,
    en: "A large value of the run is missing: no file of the project’s blob folder (.heddle/blobs) holds {digest}, or it was changed. Put the file back from a copy of the project, or start the run anew.",
    zh: "运行中的一个大型数据丢失：项目的 blob 文件夹（.heddle/blobs）中没有内容为 {digest} 的文件，或该文件已被改动。请从项目副本恢复该文件，或重新开始运行。",
  },
});
