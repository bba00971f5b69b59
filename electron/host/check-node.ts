/** The Node-API version of Node 24. On an older one better-sqlite3 ends the process without a message, so it is asked first. */
const NEEDED_NAPI = 10;

if (Number(process.versions["napi"]) < NEEDED_NAPI) {
  console.error(
    `Heddle needs Node 24; this is Node ${process.versions.node}. Start it with “npm start”, which brings its own.`,
  );
  process.exit(1);
}
