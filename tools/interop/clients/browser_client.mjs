// Headless Chromium through playwright-core: one browser, a context a proxy user, as a browser keeps the first credentials that
// it was given. `<-loopback>` takes back Chromium's rule that loopback needs no proxy.
import { chromium } from 'playwright-core';
import { converse } from './conversation.mjs';

const [executablePath] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  // Nothing of its own over the network: it would ask its maker's hosts at every start.
  args: ['--disable-background-networking', '--disable-component-update', '--disable-quic', '--disable-sync', '--no-first-run'],
  chromiumSandbox: process.getuid() !== 0,
});
const contexts = new Map();

async function contextOf({ user, password, gateway }) {
  const name = JSON.stringify([user, password]);
  if (!contexts.has(name)) {
    contexts.set(name, await browser.newContext({
      proxy: { server: `http://${gateway}`, username: user, password, bypass: '<-loopback>' },
    }));
  }
  return contexts.get(name);
}

await converse(async (asked) => {
  const page = await (await contextOf(asked)).newPage();
  try {
    const answer = await page.goto(asked.url, { timeout: asked.within * 1000, waitUntil: 'commit' });
    // Of the page that it shows in place of a refused CONNECT there is no text to be had.
    return { status: answer.status(), headers: await answer.allHeaders(), body: await answer.text().catch(() => '') };
  } finally {
    await page.close();
  }
});
await browser.close();
