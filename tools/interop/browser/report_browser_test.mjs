// The HTML report in a real browser: report_page_test.py makes the reports and runs this with node --test. One Chromium for all of it.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { worstContrasts } from './contrast.mjs';
import { eventually, folder, look, openAll, start, stop, withReport } from './open_report.mjs';

const KINDS = ['pass', 'fail', 'inconclusive', 'hostile', 'huge', 'matrix'];

before(start);
after(stop);

for (const kind of KINDS) {
  test(`${kind}: opens quietly, and says first what it comes to`, async () => {
    await withReport(`${kind}.html`, {}, async (page) => {
      await look(page, `${kind}-light`);
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.locator('h1').isVisible(), true);
      for (const landmark of ['banner', 'navigation', 'main', 'contentinfo']) {
        assert.equal(await page.getByRole(landmark).count(), 1, landmark);
      }
      assert.equal(await page.evaluate(() => window.acted), undefined);
    });
  });
}

test('the first screen answers: does it conform, where not, how do you know', async () => {
  await withReport('fail.html', {}, async (page) => {
    assert.match(await page.locator('h1').innerText(), /^✗ Does not conform: 1 promise is broken \(a deviation, wrong on purpose\)$/);
    assert.match(await page.title(), /reference gateway \S+, deviation helodata-everyone-repinned \(wrong on purpose\)/);
    for (const heading of ['Where it does not conform', 'How we know']) {
      const box = await page.getByRole('heading', { name: heading }).boundingBox();
      assert.ok(box.y + box.height < 900, heading);
    }
    assert.equal(await page.locator('.broken a').first().innerText(), 'H-PIN-7');
  });
});

test('what a program hears has names', async () => {
  const roles = ['link', 'button', 'checkbox', 'combobox', 'searchbox', 'image', 'region', 'heading', 'table', 'search', 'group', 'navigation'];
  for (const kind of ['fail', 'matrix']) {
    await withReport(`${kind}.html`, {}, async (page) => {
      await openAll(page, 3);
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const seen = new Set();
      for (const node of nodes) {
        const role = { img: 'image', graphic: 'image' }[node.role?.value] ?? node.role?.value;
        if (node.ignored || !roles.includes(role)) continue;
        // A <details> is a group that its summary names.
        if (role === 'group' && !node.name?.value) continue;
        seen.add(role);
        assert.notEqual(node.name?.value ?? '', '', `a ${role} without a name: ${JSON.stringify(node)}`);
      }
      const wanted = ['link', 'button', 'heading', 'table', ...(kind === 'matrix' ? ['image'] : [])];
      for (const role of wanted) assert.ok(seen.has(role), `no ${role} in ${kind}`);
    });
  }
});

for (const colorScheme of ['light', 'dark']) {
  test(`every word can be read: contrast in ${colorScheme}`, async () => {
    for (const kind of ['fail', 'inconclusive', 'matrix']) {
      await withReport(`${kind}.html`, { colorScheme }, async (page) => {
        await openAll(page, 12);
        const worst = await worstContrasts(page);
        assert.ok(worst.length > 5);
        assert.ok(worst[0].ratio >= 4.5, `${kind}: ${JSON.stringify(worst.slice(0, 3))}`);
        await look(page, `${kind}-${colorScheme}-open`);
      });
    }
  });
}

test('the button changes light and dark, and it is remembered', async () => {
  await withReport('fail.html', { colorScheme: 'light' }, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Use dark colours' }).click();
    assert.notEqual(await ground(), light);
    await page.reload();
    assert.notEqual(await ground(), light);
    await page.getByRole('button', { name: 'Use light colours' }).click();
    assert.equal(await ground(), light);
  });
});

test('filters by verdict, promise and text, and the choice stands in the address', async () => {
  await withReport('fail.html', {}, async (page) => {
    const shown = () => page.locator('.entry:not([hidden])').count();
    const all = await shown();
    await page.getByRole('checkbox', { name: 'fail' }).check();
    const failed = await shown();
    assert.ok(failed > 0 && failed < all, `${failed} of ${all}`);
    assert.equal(await page.locator('.entry:not([hidden]):not([data-verdict=fail])').count(), 0);
    assert.equal(await page.getByRole('status').first().innerText(), `${failed} of ${all} shown`);
    assert.match(page.url(), /#show\?verdict=fail$/);
    await page.reload();
    await eventually(async () => assert.equal(await shown(), failed));
    await page.getByRole('button', { name: 'Show all' }).click();
    await eventually(async () => assert.equal(await shown(), all));
    await page.getByRole('combobox', { name: 'Promise' }).selectOption('H-PIN-7');
    const aboutIt = await page.locator('.entry:not([hidden])').evaluateAll((entries) => entries.map((one) => one.dataset.requirements));
    assert.ok(aboutIt.length > 1 && aboutIt.every((requirements) => requirements.split(' ').includes('H-PIN-7')));
    await page.getByRole('button', { name: 'Show all' }).click();
    await eventually(async () => assert.equal(await shown(), all));
    await page.getByRole('searchbox', { name: 'Text' }).fill('NEIGHBOUR-UNTOUCHED');
    assert.ok((await shown()) >= 1);
    await page.getByRole('searchbox', { name: 'Text' }).fill('nothing has this in it');
    assert.equal(await shown(), 0);

    // An address decides, also one that asks for what this report has not, and one that asks for nothing.
    for (const [hash, count] of [['', all], ['#show?verdict=unheard-of', 0], ['#show?promise=H-GONE-1', 0], ['#show?verdict=fail', failed]]) {
      await page.evaluate((wanted) => {
        location.hash = wanted;
      }, hash);
      await eventually(async () => assert.equal(await shown(), count, hash));
    }
    await page.goBack();
    await eventually(async () => assert.equal(await shown(), 0));

    // What a link shows is counted.
    await page.evaluate(() => {
      location.hash = '#requirement-H-PIN-7';
    });
    await eventually(async () => assert.equal(await page.getByRole('status').first().innerText(), `1 of ${all} shown`));
  });
});

test('links lead to the scenario, the exchange and the promise, through what is closed or filtered away', async () => {
  await withReport('fail.html', {}, async (page) => {
    await page.getByRole('link', { name: 'See it happen' }).first().click();
    const scenario = page.locator('.scenario[id="scenario-helodata/pin/neighbour-untouched"]');
    await eventually(async () => assert.equal(await scenario.getAttribute('open'), ''));
    await look(page, 'fail-timeline');
    await scenario.locator('.exchanges .why a').first().click();
    await eventually(() => assert.match(page.url(), /#requirement-H-PIN-7$/));
    await page.getByRole('searchbox', { name: 'Text' }).fill('nothing has this in it');
    await eventually(async () => assert.equal(await page.locator('[id="requirement-H-PIN-7"]').isVisible(), false));
    await page.evaluate(() => {
      location.hash = '#requirement-H-PIN-7';
    });
    await page.locator('[id="requirement-H-PIN-7"] .proof a').nth(1).click();
    const row = page.locator('tr:target');
    await eventually(async () => {
      assert.match(await row.innerText(), /→ GET site\.origin\.test/);
      assert.equal(await row.isVisible(), true);
    });
  });
  await withReport('fail.html', { anchor: '#requirement-H-PIN-7' }, async (page) => {
    await eventually(async () => assert.equal(await page.locator('[id="requirement-H-PIN-7"] .statement').isVisible(), true));
  });
});

test('commands and links can be copied', async () => {
  await withReport('fail.html', { anchor: '#requirement-H-PIN-7' }, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const entry = page.locator('[id="requirement-H-PIN-7"]');
    await entry.getByRole('button', { name: 'Copy the command' }).first().click();
    await entry.getByRole('button', { name: 'Copy the command' }).first().getByText('Copied').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^pinproof replay helodata\/\S+ --seed 1 --deviate helodata-everyone-repinned$/);
    await entry.getByRole('button', { name: 'Copy a link to H-PIN-7' }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await eventually(async () => assert.match(await copied(), /fail\.html#requirement-H-PIN-7$/));
  });
});

test('a timeline zooms, is walked along with arrow keys, and tells of each exchange', async () => {
  await withReport('fail.html', { anchor: '#scenario-helodata/pin/neighbour-untouched' }, async (page) => {
    const figure = page.locator('.scenario[open] .timeline-figure');
    const width = () => figure.locator('.timeline').evaluate((drawing) => drawing.getBoundingClientRect().width);
    const before = await width();
    await figure.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok(Math.abs((await width()) - 2 * before) < 2);
    await figure.getByRole('button', { name: 'Show the whole timeline' }).click();
    assert.ok(Math.abs((await width()) - before) < 2);

    assert.equal(await figure.locator('.mark a[tabindex="0"]').count(), 1);
    await figure.locator('.mark a').first().focus();
    const readout = figure.locator('.readout');
    assert.match(await readout.innerText(), /^0:00:00 · a: client → GET/);
    await page.keyboard.press('ArrowRight');
    assert.match(await readout.innerText(), /a-later|re-pinned/);
    await page.keyboard.press('ArrowDown');
    assert.match(await readout.innerText(), /^(✗ H-PIN-7 · )?0:00:00 · b/);
    await page.keyboard.press('Enter');
    await eventually(() => assert.match(page.url(), /#exchange-\d+-helodata\/pin\/neighbour-untouched$/));

    await figure.locator('.mark.deed').first().hover();
    assert.match(await readout.innerText(), /exit 127\.20\.0\.\d+: drop/);
    assert.equal(await figure.locator('.ring').count(), 2);
    assert.equal(await figure.locator('.flag').innerHTML(), '✗ H-PIN-7');
    assert.equal(await figure.locator('.band.window').count(), 5);
    assert.equal(await figure.locator('.band.down').count(), 1);
  });
});

test('pacing shows each delay by the number of its request', async () => {
  await withReport('pass.html', { anchor: '#scenario-crawlera/pacing/delay-grows' }, async (page) => {
    const chart = page.locator('.scenario[open]').getByRole('img', { name: /^Delay of requests 1 to 7/ });
    await chart.waitFor();
    assert.equal(await chart.locator('rect').count(), 7);
    const heights = await chart.locator('rect').evaluateAll((bars) => bars.map((bar) => bar.height.baseVal.value));
    assert.deepEqual(heights, [...heights].sort((a, b) => a - b));
    assert.equal(await page.locator('.scenario[open] .held').count(), 6);
    await look(page, 'pass-pacing');
  });
});

test('the keyboard alone reaches everything', async () => {
  await withReport('fail.html', {}, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    assert.ok((await page.locator('.skip').boundingBox()).y >= 0);
    await page.keyboard.press('Enter');
    await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'main'));
    const summary = page.locator('.promise:not([open]) > summary').first();
    await summary.focus();
    const outline = await summary.evaluate((element) => getComputedStyle(element).outlineStyle);
    assert.notEqual(outline, 'none');
    await page.keyboard.press('Enter');
    await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.parentElement.open), true));
  });
});

test('without a script all that matters is there', async () => {
  await withReport('fail.html', { javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator('.filter').isVisible(), false);
    assert.equal(await page.locator('.theme').isVisible(), false);
    // A broken promise stands open, and its link leads on.
    assert.equal(await page.locator('[id="requirement-H-PIN-7"] .proof').isVisible(), true);
    const scenario = page.locator('[id="scenario-helodata/pin/neighbour-untouched"]');
    await scenario.locator('summary').click();
    await eventually(async () => assert.equal(await scenario.locator('.timeline').isVisible(), true));
    assert.match(await scenario.locator('.mark title').first().textContent(), /GET site\.origin\.test/);
    await scenario.locator('.mark a').first().click();
    await eventually(() => assert.match(page.url(), /#exchange-1-helodata\/pin\/neighbour-untouched$/));
    await look(page, 'fail-no-script');
  });
});

test('on paper: what went wrong is whole, and what is for a screen is gone', async () => {
  await withReport('fail.html', { colorScheme: 'dark' }, async (page) => {
    await page.locator('.scenario[data-verdict=fail] summary').first().click();
    await page.getByRole('button', { name: 'Zoom in' }).first().click();
    await page.locator('.scenario[data-verdict=fail] summary').first().click();
    await page.getByRole('checkbox', { name: 'pass' }).check(); // a filter is not for paper
    await page.emulateMedia({ media: 'print' });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 1280);
    assert.equal(await page.getByRole('navigation').isVisible(), false);
    assert.equal(await page.locator('.filter').isVisible(), false);
    const failed = page.locator('.scenario[data-verdict=fail]').first();
    assert.equal(await failed.getAttribute('open'), null);
    assert.ok((await failed.locator('.body').boundingBox()).height > 100);
    const passed = page.locator('.scenario[data-verdict=pass]').first();
    assert.equal(await passed.locator('.body').isVisible(), false);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)');
    assert.ok((await worstContrasts(page))[0].ratio >= 4.5);
    assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
    await look(page, 'fail-print');
  });
});

test('nothing scrolls sideways, on a telephone or a screen, however long a word is', async () => {
  for (const kind of ['fail', 'inconclusive', 'hostile', 'matrix', 'long']) {
    for (const width of [390, 520, 1280]) {
      await withReport(`${kind}.html`, { viewport: { width, height: 800 } }, async (page) => {
        await openAll(page, 5);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${kind} at ${width}: ${wide}`);
        await look(page, `${kind}-${width}`);
      });
    }
  }
});

test('the policy lets nothing else run, load or be styled', async () => {
  await withReport('fail.html', {}, async (page, wrong) => {
    const blocked = [];
    page.on('requestfailed', (request) => blocked.push(request.failure().errorText));
    const acted = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.acted = true';
      document.head.append(script);
      document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: rgb(1, 2, 3)">x</p><img src="https://evil.test/x.png">');
      return [window.acted, getComputedStyle(document.getElementById('styled')).color === 'rgb(1, 2, 3)'];
    });
    assert.deepEqual(acted, [undefined, false]);
    const [request, ...refusals] = wrong.sort().reverse();
    assert.equal(request, 'request for https://evil.test/x.png');
    assert.deepEqual(blocked, ['csp']);
    assert.ok(refusals.every((what) => what.startsWith('console: ') && what.includes('Content Security Policy')), wrong.join('\n'));
    assert.ok(refusals.length >= 3);
    wrong.length = 0;
  });
});

// The bounds are for a machine that does much else; alone it takes a tenth of them.
test('ten thousand verdicts and a history of 200,000 observations stay usable', async () => {
  assert.ok(statSync(path.join(folder, 'huge.html')).size < 16 << 20);
  const began = performance.now();
  await withReport('huge.html', {}, async (page) => {
    const opened = performance.now();
    assert.ok(opened - began < 30_000, `opened in ${opened - began} ms`);
    assert.equal(await page.locator('.entry').count(), 10_000);
    await page.getByRole('checkbox', { name: 'fail' }).check();
    await page.getByRole('searchbox', { name: 'Text' }).fill('number-990');
    const filtered = performance.now();
    assert.ok(filtered - opened < 15_000, `filtered in ${filtered - opened} ms`);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.evaluate(() => {
      location.hash = '#scenario-helodata/huge/history';
    });
    const figure = page.locator('.scenario[open] .timeline-figure');
    await figure.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok((await figure.locator('.mark').count()) < 1_200);
    assert.ok((await figure.locator('.ring').count()) === 2);
    assert.match(await figure.locator('.remark').innerText(), /of 200,000 exchanges are counted/);
    await look(page, 'huge-timeline');
    console.log(`huge: opened in ${Math.round(opened - began)} ms, filtered twice in ${Math.round(filtered - opened)} ms`);
  });
});
