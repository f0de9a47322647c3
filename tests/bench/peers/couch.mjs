// node couch.mjs --packages FOLDER --documents N --size BYTES [--batch 100] [--senders 8] [--durable]:
// a CouchDB-style server (PouchDB on LevelDB behind express-pouchdb) in a process of its own takes N documents as a
// replicator pushes them (_bulk_docs, new_edits=false) and gives them back as one pulls (_changes with the
// documents, a thousand at a time). The bodies are made before the clock runs. Ends with "speeds IN OUT", in
// documents a second; with 77 where the packages can't be had.
//
// What it is spared: no document is signed, no request is signed, no rule is asked (documents of any content
// and any revision are taken), no chain is kept. As it comes it does not wait for the disk either; --durable
// gives each of its batches to LevelDB with `sync`.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: told } = parseArgs({
  options: {
    packages: { type: "string" },
    documents: { type: "string", default: "60000" },
    size: { type: "string", default: "1000" },
    batch: { type: "string", default: "100" },
    senders: { type: "string", default: "8" },
    durable: { type: "boolean", default: false },
    serve: { type: "string" },
  },
});
const packages = resolve(told.packages);
const required = createRequire(join(packages, "package.json"));
const database = "school";

function install() {
  const wanted = ["express-pouchdb", "leveldown", "pouchdb"];
  if (wanted.every((name) => existsSync(join(packages, "node_modules", name)))) return;
  mkdirSync(packages, { recursive: true });
  copyFileSync(join(dirname(fileURLToPath(import.meta.url)), "package.json"), join(packages, "package.json"));
  const how = ["install", "--no-audit", "--no-fund", "--silent", "--fetch-retries=0"];
  const made = spawnSync("npm", how, { cwd: packages });
  if (made.status === 0) return;
  console.log("skipped: npm can't install express-pouchdb and pouchdb here");
  process.exit(77);
}

// The server's process: tells its port, and ends with the other one.
function serve(folder) {
  process.stdin.resume().on("end", () => process.exit());
  let db = required("leveldown");
  if (told.durable) {
    const batch = db.prototype._batch;
    db.prototype._batch = function (operations, options, done) {
      return batch.call(this, operations, { ...options, sync: true }, done);
    };
  }
  const PouchDB = required("pouchdb").defaults({ prefix: folder + "/", db });
  const app = required("express-pouchdb")(PouchDB, {
    mode: "minimumForPouchDB",
    inMemoryConfig: true,
    logPath: join(folder, "log.txt"),
  });
  const server = http.createServer(app).listen(0, "127.0.0.1", () => console.log(server.address().port));
}

function ask(agent, port, method, path, body) {
  return new Promise((resolved, failed) => {
    const headers = body ? { "content-type": "application/json", "content-length": body.length } : {};
    const asked = http.request({ agent, port, method, path, headers, host: "127.0.0.1" }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const text = Buffer.concat(parts);
        answer.statusCode < 300 ? resolved(text) : failed(new Error(`${path}: ${answer.statusCode} ${text}`));
      });
    });
    asked.on("error", failed);
    asked.end(body);
  });
}

// A JSON document of so many bytes: names and letters, as a record has.
function document(size) {
  const made = { _id: randomBytes(16).toString("hex"), _rev: "1-" + randomBytes(16).toString("hex"), event: "" };
  const left = Math.max(0, size - JSON.stringify(made).length);
  made.event = randomBytes(Math.ceil((left * 3) / 4)).toString("base64").slice(0, left);
  return made;
}

function bodies(documents, size, batch) {
  const made = [];
  for (let from = 0; from < documents; from += batch) {
    const docs = Array.from({ length: Math.min(batch, documents - from) }, () => document(size));
    made.push(Buffer.from(JSON.stringify({ new_edits: false, docs })));
  }
  return made;
}

async function push(port, waiting, senders) {
  const one = async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let body = waiting.pop(); body; body = waiting.pop()) {
      const errors = JSON.parse(await ask(agent, port, "POST", `/${database}/_bulk_docs`, body));
      if (errors.length > 0) throw new Error("not taken: " + JSON.stringify(errors[0]));
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: senders }, one));
}

async function pull(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let since = 0, pulled = 0;
  for (;;) {
    const path = `/${database}/_changes?include_docs=true&limit=1000&since=${since}`;
    const page = JSON.parse(await ask(agent, port, "GET", path));
    if (page.results.length === 0) break;
    pulled += page.results.filter((row) => row.doc?.event).length;
    since = page.last_seq;
  }
  agent.destroy();
  return pulled;
}

async function measure(port) {
  const documents = Number(told.documents);
  await ask(undefined, port, "PUT", `/${database}`);
  const waiting = bodies(documents, Number(told.size), Number(told.batch));
  let from = performance.now();
  await push(port, waiting, Number(told.senders));
  const pushed = performance.now() - from;
  from = performance.now();
  const pulled = await pull(port);
  if (pulled !== documents) throw new Error(`${pulled} of ${documents} documents came back`);
  const speed = (milliseconds) => ((1000 * documents) / milliseconds).toFixed(0);
  console.log(`speeds ${speed(pushed)} ${speed(performance.now() - from)}`);
}

async function main() {
  install();
  const folder = mkdtempSync(join(tmpdir(), "wangqian-peer-"));
  const server = spawn(process.execPath, [...process.argv.slice(1), "--serve", folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const port = await new Promise((told, failed) => {
      server.stdout.once("data", (text) => told(Number(text)));
      server.once("exit", () => failed(new Error("the peer's server ended")));
    });
    await measure(port);
  } finally {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

told.serve ? serve(told.serve) : await main();
