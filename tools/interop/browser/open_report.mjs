// What the browser tests of the HTML report share: one Chromium, a page of a report in a state of its own, and what is asked of every page.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const folder = process.env.PINPROOF_REPORTS;
const screenshots = process.env.PINPROOF_SCREENSHOTS; // a folder; unset: none are kept

let browser;

export async function start() {
  browser = await chromium.launch({
    executablePath: process.env.PINPROOF_CHROMIUM,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    chromiumSandbox: process.getuid() !== 0,
  });
  if (screenshots) mkdirSync(screenshots, { recursive: true });
}

export async function stop() {
  await browser.close();
}

/// Runs `use` with a page on which nothing may go wrong: no error, no word on the console, no request but for the file itself.
export async function withReport(name, options, use) {
  const { anchor = '', ...more } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more });
  try {
    const page = await context.newPage();
    const wrong = [];
    const file = `file://${path.join(folder, name)}`;
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== file) wrong.push(`request for ${request.url()}`);
    });
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
    page.on('console', (message) => wrong.push(`console: ${message.text()}`));
    page.on('dialog', (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    await page.goto(file + anchor);
    await use(page, wrong);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/// A click on a link, a change of the address and the opening of a <details> are answered by events of their own, after the call that caused them
/// has returned. Tries `holds` until it throws no more; what it threw last, when it never stops within half a minute.
export async function eventually(holds) {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }
}

export async function look(page, name) {
  if (screenshots) await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/// Opens what is closed, at most so many of each kind.
export function openAll(page, most) {
  return page.evaluate((limit) => {
    for (const kind of ['.promise', '.scenario', 'details.plain']) {
      for (const one of [...document.querySelectorAll(kind)].slice(0, limit)) one.open = true;
    }
  }, most);
}
