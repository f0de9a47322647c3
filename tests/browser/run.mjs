// The platform's pages in headless Chromium: each role's main way on a phone and on a desk, with scripts and
// without, on a demo platform of its own. Screenshots go to the folder given, to be looked at.
//   node run.mjs WANGQIAN-PLATFORM OUT
import { chromium } from 'playwright-core';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { ways } from './ways.mjs';

const [program, out] = process.argv.slice(2);
assert.ok(program && out, 'usage: node run.mjs WANGQIAN-PLATFORM OUT');

const sizes = { phone: { width: 390, height: 844 }, small: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } };

function platformIn(folder) {
  const home = join(folder, 'platform');
  execFileSync(program, ['--home', home, 'admin', 'demo']);
  const served = spawn(program, ['--home', home, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = new Promise((resolve, reject) => {
    served.stdout.on('data', (text) => {
      const found = /listening on (\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    served.on('exit', (code) => reject(new Error(`the platform ended with ${code}`)));
  });
  return { served, address };
}

// What every page has to be, whatever is on it.
async function checkPage(page, name) {
  const facts = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    small: [...document.querySelectorAll('main button, main input:not([type=radio]):not([type=hidden]), main select, main .button')]
      .filter((element) => element.getClientRects().length && element.getBoundingClientRect().height < 38).map((element) => element.outerHTML.slice(0, 80)),
    unnamed: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .filter((element) => !element.labels?.length).map((element) => element.outerHTML.slice(0, 80)),
    marks: /\{\{|\[\[|web\.[a-z]/.test(document.body.innerText),
    headings: document.querySelectorAll('h1').length,
  }));
  assert.ok(facts.wide <= 0, `${name}: ${facts.wide} px wider than the screen`);
  assert.deepEqual(facts.small, [], `${name}: targets too small to touch`);
  assert.deepEqual(facts.unnamed, [], `${name}: fields without a label`);
  assert.ok(!facts.marks, `${name}: a template's mark shows`);
  assert.ok(facts.headings > 0, `${name}: no heading`);
}

async function walk(browser, base, size, scripts, folder) {
  const told = [];
  const context = await browser.newContext({ viewport: sizes[size], javaScriptEnabled: scripts, locale: 'zh-CN', acceptDownloads: true });
  const page = await context.newPage();
  page.on('console', (line) => line.type() === 'error' && !/status of (4\d\d)/.test(line.text()) && told.push(line.text()));
  const shot = async (name) => {
    const whole = `${name}-${size}${scripts ? '' : '-noscript'}`;
    await checkPage(page, whole);
    if (scripts || size === 'phone') await page.screenshot({ path: join(out, `${whole}.png`), fullPage: true });
  };
  try {
    for (const [name, way] of Object.entries(ways)) {
      await context.clearCookies();
      await way({ page, context, base, shot, folder, run: `${size}${scripts}` });
      console.log(`${name} ${size}${scripts ? '' : ' without scripts'}: passed`);
    }
  } catch (fault) {
    await page.screenshot({ path: join(out, 'fault.png'), fullPage: true });
    throw fault;
  }
  assert.deepEqual(told, [], 'the console tells of errors');
  await context.close();
}

const folder = mkdtempSync(join(tmpdir(), 'wangqian-browser-'));
mkdirSync(out, { recursive: true });
// A picture as somebody would send it: 60 x 80, grey.
let served;
let browser;
try {
  const platform = platformIn(folder);
  served = platform.served;
  const base = await platform.address;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const seen = await browser.newPage();
  writeFileSync(join(folder, 'stamped.png'), await seen.screenshot());
  await seen.close();
  for (const size of Object.keys(sizes))
    for (const scripts of size === 'small' ? [true] : [true, false]) await walk(browser, base, size, scripts, folder);
} finally {
  await browser?.close();
  served?.removeAllListeners('exit');
  served?.kill();
  rmSync(folder, { recursive: true, force: true });
}
