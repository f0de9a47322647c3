// node zxing_wasm.mjs FOLDER: how many of the pages in FOLDER (wq_bench_scan codes --dump FOLDER; files named
// kind-strength-seed.jpg) the newest zxing-wasm reads, kind by kind, trying as hard as it can.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
await prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer }, fireImmediately: true });

const options = { formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true };
const kinds = new Map();
for (const name of readdirSync(process.argv[2]).filter((file) => file.endsWith(".jpg")).sort()) {
  const kind = name.split("-")[0];
  const row = kinds.get(kind) ?? { pages: 0, read: 0 };
  const found = await readBarcodes(readFileSync(join(process.argv[2], name)), options);
  row.pages += 1;
  row.read += found.some((code) => code.isValid);
  kinds.set(kind, row);
}
const all = { pages: 0, read: 0 };
for (const [kind, row] of kinds) {
  all.pages += row.pages;
  all.read += row.read;
  console.log(`${kind.padEnd(17)} ${String(row.pages).padStart(5)} ${((100 * row.read) / row.pages).toFixed(1)} %`);
}
console.log(`${"all".padEnd(17)} ${String(all.pages).padStart(5)} ${((100 * all.read) / all.pages).toFixed(1)} %`);
