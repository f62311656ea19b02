import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  assertHeadings,
  noBrowser,
  openPage,
  picture,
  settle,
  signIn,
  type Watched,
} from '../support/console-browser.ts';
import { startConsoleScene, untilNews, type ConsoleScene } from '../support/console-scene.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';
import { STRONG } from '../story/strong-story.ts';

/** Other tests may run beside these. */
const SLOWEST_MS = 45_000;
const DAY_MS = 86_400_000;

const skip = noBrowser();
const scope = new TestScope();
let scene: ConsoleScene;
/** One page of an admin, for all tests. */
let writer: Watched;
/** Opened by itself, since what is sent to the endpoint `audit` fails. */
let incidentId = '';

async function ask(method: string, path: string, body?: unknown) {
  const { status, json, text } = await scene.service.call(method, `/api/v1${path}`, body);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

before(async () => {
  if (skip !== false) return;
  scene = await startConsoleScene(scope);
  for (let nth = 0; nth < 10; nth += 1) {
    await ask('POST', '/app/acme/msg', {
      eventType: 'invoice.paid',
      payload: { invoice: `in_more_${nth}`, amount: 125_000, currency: 'EUR' },
    });
  }
  const opening = scene.open({ refusals: [404, 409] });
  incidentId = await untilNews(scope, scene.service, 'incidents', async (): Promise<string> => {
    const { data } = await ask('GET', '/incident?open=true');
    return data[0]?.id;
  });
  await ask('POST', `/incident/${incidentId}/severity`, {
    severity: 2,
    reason: 'As the rules say of one customer.',
  });
  writer = await opening;
  writer.page.setDefaultTimeout(SLOWEST_MS);
});
after(() => scope.end());

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${scene.service.url}/console${path}`);
  await settle(page, heading);
}

const section = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
const dialog = (page: Page) => page.getByRole('dialog');
const markdown = (page: Page) => page.getByLabel('Text of the postmortem, as Markdown');
const asRead = (page: Page) => section(page, 'The postmortem as it reads');

/** Presses the button of a dialog that does it. */
async function confirm(page: Page, name: string): Promise<void> {
  await dialog(page).locator('button[type=submit]').getByText(name, { exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

const BLAME = 'The engineer on call failed to notice the alert.';

describe('a writer of a postmortem', { skip }, () => {
  test('drafts it from the record, and each number leads to what says it', async () => {
    const { page, assertQuiet } = writer;
    await show(page, `/incident/${incidentId}/postmortem`, 'Postmortem');
    await page.getByText('There is no postmortem yet').waitFor();
    await picture(page, 'learn-postmortem-none');
    await press(page, 'Draft it from the record');
    await markdown(page).waitFor();
    const people = asRead(page).getByRole('link', { name: '1,200', exact: true }).first();
    await people.waitFor();
    assert.match((await people.getAttribute('href')) ?? '', new RegExp(`incident/${incidentId}`));
    await section(page, 'Missing before it can be published')
      .getByText('No action item of type prevent is verified')
      .waitFor();
    await picture(page, 'learn-postmortem');
    assertQuiet();
  });

  test('sees the text follow the record while the page is open', async () => {
    const { page, assertQuiet } = writer;
    await ask('POST', `/incident/${incidentId}/prevention`, {
      text: 'The audit store refuses nothing below 90 % of its room from June on.',
    });
    await asRead(page).getByText('The audit store refuses nothing').first().waitFor();
    assertQuiet();
  });

  test('is told of blame while typing, and takes a rewrite by a click', async () => {
    const { page, assertQuiet } = writer;
    const before = await markdown(page).inputValue();
    await markdown(page).fill(
      before.replace('## Contributing factors\n', `## Contributing factors\n\n${BLAME}\n`),
    );
    const language = section(page, 'Language');
    await language.getByText('“The engineer on call failed to”').waitFor();
    await language.getByText('many acts did not happen').waitFor();
    await section(page, 'Missing before it can be published')
      .getByText(/^Blocking language in line/)
      .waitFor();
    await language.scrollIntoViewIfNeeded();
    await picture(page, 'learn-postmortem-blame');
    await language.getByRole('button', { name: 'Write “No check existed for …”' }).click();
    assert.match(await markdown(page).inputValue(), /No check existed for … notice the alert\./);
    // What only the writer knows is selected.
    await page.keyboard.type('who would');
    assert.match(await markdown(page).inputValue(), /No check existed for who would notice/);
    await language.getByText('Nothing in it looks at people').waitFor();
    assertQuiet();
  });

  test('is asked before leaving, and finds what was typed again after the session has ended', async () => {
    const { token, id } = await ask('POST', '/token', { name: 'writer', scope: 'write' });
    const { page, assertQuiet } = await openPage(scene.browser, { origin: scene.service.url });
    page.setDefaultTimeout(SLOWEST_MS);
    await signIn(page, scene.service.url, token);
    await show(page, `/incident/${incidentId}/postmortem`, 'Postmortem');
    const before = await markdown(page).inputValue();
    await markdown(page).fill(`${before}\n\nTyped, and not saved.`);
    const asked = page.waitForEvent('dialog');
    const left = page.getByRole('link', { name: 'Quiz', exact: true }).click();
    const question = await asked;
    assert.match(question.message(), /is not saved; this browser alone keeps it/);
    await question.dismiss();
    await left;
    await ask('DELETE', `/token/${id}`);
    await page.getByText('Your session has ended').waitFor();
    await picture(page, 'learn-session-ended');
    await page.getByLabel(/^Token/).fill(scene.service.token);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('What you typed before is here again').waitFor();
    assert.match(await markdown(page).inputValue(), /Typed, and not saved\.$/);
    await picture(page, 'learn-postmortem-taken-up');
    await press(page, 'Discard it');
    assert.equal(await markdown(page).inputValue(), before);
    await page.reload();
    await settle(page, 'Postmortem');
    assert.equal(await markdown(page).inputValue(), before);
    assertQuiet();
    await page.context().close();
  });

  test('writes from the right where the words are, and the marks lie below them', async () => {
    const { page, assertQuiet } = writer;
    // Both layers of the field lay their words out alike.
    const found: unknown = await page.evaluate(`
      [...document.querySelectorAll('textarea[dir=auto], :has(+ textarea[dir=auto])')]
        .map((layer) => getComputedStyle(layer).unicodeBidi + ' ' + getComputedStyle(layer).textAlign)`);
    assert.deepEqual(found, ['plaintext start', 'plaintext start']);
    assertQuiet();
  });

  test('is told where an address names no incident, and sees the text where it names no part', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/incident/inc_nothing/postmortem', 'Postmortem');
    await page.getByText('Not found').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Draft it from the record' }).count(), 0);
    await show(page, `/incident/${incidentId}/postmortem?show=nothing`, 'Postmortem');
    await markdown(page).waitFor();
    assertQuiet();
  });

  test('puts in a fact by its name, and saves a version by a key', async () => {
    const { page, assertQuiet } = writer;
    await markdown(page).press('Control+End');
    await markdown(page).pressSequentially('Found after ');
    await page.getByRole('combobox', { name: 'Insert a fact' }).fill('time.to_detect');
    await page.getByRole('option', { name: /^time.to_detect:/ }).click();
    assert.match(await markdown(page).inputValue(), /Found after \{\{fact:time.to_detect\}\}$/);
    await page.getByLabel('What is new in it').fill('the missing check');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved: version 2').waitFor();
    const { data } = await ask('GET', `/incident/${incidentId}/postmortem/version`);
    assert.deepEqual([data[0].version, data[0].note], [2, 'the missing check']);
    assertQuiet();
  });

  test('keeps what is typed when somebody else saves first', async () => {
    const { page, assertQuiet } = writer;
    const mine = `${await markdown(page).inputValue()}\n\nMine.`;
    await markdown(page).fill(mine);
    const { shown } = await ask('GET', `/incident/${incidentId}/postmortem`);
    await ask('PUT', `/incident/${incidentId}/postmortem`, {
      markdown: `${shown.markdown}\n\nTheirs.`,
    });
    // Another's edit is no event of the stream: it is found when this one is saved.
    await press(page, 'Save');
    await dialog(page).getByText('Version 3 is there by now').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Your text is kept here').waitFor();
    await picture(page, 'learn-postmortem-conflict');
    assert.equal(await markdown(page).inputValue(), mine);
    await press(page, 'Go on with mine');
    await press(page, 'Save');
    await page.getByText('Saved: version 4').waitFor();
    assertQuiet();
  });

  test('sees what differs between versions', async () => {
    const { page, assertQuiet } = writer;
    await page.getByRole('tab', { name: 'Versions' }).click();
    const diff = section(page, 'What differs');
    await diff.getByText('Theirs.').waitFor();
    await diff.getByText('Mine.').waitFor();
    await picture(page, 'learn-postmortem-versions');
    assertQuiet();
  });

  test('is asked by a comment, and publishes once it is resolved and nothing is missing', async () => {
    const { page, assertQuiet } = writer;
    await press(page, 'Submit for review');
    await page.getByRole('tab', { name: 'Comments' }).click();
    await press(page, 'Comment');
    await dialog(page).getByLabel('Words that it is about').fill('words that stand nowhere');
    await dialog(page).getByText('These words do not stand in the text').waitFor();
    await dialog(page).getByLabel('Words that it is about').fill('No check existed');
    await dialog(page)
      .getByLabel(/^Comment/)
      .fill('Which one would have?');
    await confirm(page, 'Add the comment');
    await page.getByText('Which one would have?').waitFor();
    await picture(page, 'learn-postmortem-comments');
    await press(page, 'Publish');
    await confirmRefused(page, 'Publish', /comments are open: 1/);
    await page.getByRole('button', { name: 'Resolve: comment 1', exact: true }).click();
    await page.getByText('No comment is open.').waitFor();
    await ask('POST', `/incident/${incidentId}/marker`, {
      marker: 'mitigated',
      note: 'Their team says that the store takes all again.',
    });
    // Of severity 3 its language and its references alone are asked.
    await ask('POST', `/incident/${incidentId}/severity`, {
      severity: 3,
      reason: 'One customer, and none is lost.',
    });
    await press(page, 'Publish');
    await confirm(page, 'Publish');
    await page.getByText(/Its numbers are of/).waitFor();
    await page.getByRole('tab', { name: 'Text' }).click();
    await asRead(page).getByText('Mine.').waitFor();
    await picture(page, 'learn-postmortem-published');
    assertQuiet();
  });

  test('takes it away as Markdown, as a page and as JSON', async () => {
    const { page, assertQuiet } = writer;
    for (const [item, name] of [
      [/^Markdown/, `postmortem-${incidentId}.md`],
      [/^Page that stands alone/, `postmortem-${incidentId}.html`],
      [/^JSON/, `postmortem-${incidentId}.json`],
    ] as const) {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item }).click();
      assert.equal((await download).suggestedFilename(), name);
    }
    // On paper there is the document alone.
    await page.emulateMedia({ media: 'print' });
    assert.ok(await asRead(page).getByText('Mine.').isVisible());
    assert.equal(await page.getByRole('tab', { name: 'Versions' }).isVisible(), false);
    await page.emulateMedia({ media: 'screen' });
    assertQuiet();
  });
});

/** The dialog's button is pressed, and the service says why not. */
async function confirmRefused(page: Page, name: string, why: RegExp): Promise<void> {
  await dialog(page).locator('button[type=submit]').getByText(name, { exact: true }).click();
  await dialog(page).getByText(why).waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

describe('whoever owes an action item', { skip }, () => {
  test('adds one with a detector, runs it over the incident, and reads what it came to', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/action', 'Action items');
    await page.getByText('There is no action item yet').waitFor();
    await press(page, 'Add an action item');
    await dialog(page)
      .getByRole('combobox', { name: /^Incident/ })
      .click();
    await page.getByRole('option').first().click();
    await dialog(page)
      .getByLabel(/^What is to be done/)
      .fill('Alert where a budget burns too fast');
    await dialog(page).getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: /^detect/ }).click();
    await dialog(page).getByLabel('Owner').fill('edge');
    await press(page, 'In 30 days');
    await dialog(page).getByRole('combobox', { name: 'Verified by' }).click();
    await page.getByRole('option', { name: /^A detector/ }).click();
    await dialog(page).getByRole('combobox', { name: 'Detector' }).click();
    await page.getByRole('option', { name: /^A budget burns/ }).click();
    await dialog(page)
      .getByLabel(/^Target/)
      .fill('99');
    await dialog(page)
      .getByLabel(/^Times too fast/)
      .fill('2');
    await picture(page, 'learn-action-add');
    await confirm(page, 'Add it');
    await page.getByRole('link', { name: /^Alert where a budget/ }).click();
    await settle(page, /^Alert where a budget/);
    await page.getByText('It was not run yet.').waitFor();
    await press(page, 'Run the verification');
    await section(page, 'Does it hold?')
      .getByText(/would (not )?have fired/)
      .first()
      .waitFor();
    await picture(page, 'learn-action');
    const { data } = await ask('GET', '/action');
    await section(page, 'Does it hold?').getByText(data[0].results[0].text).waitFor();
    assertQuiet();
  });

  test('finds the overdue first on the board, and says why one is not done', async () => {
    const { page, assertQuiet } = writer;
    const at = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
    const add = (text: string, dueAt: string | null, more: object = {}) =>
      ask('POST', `/incident/${incidentId}/action`, {
        type: 'prevent',
        text,
        owner: 'billing',
        dueAt,
        ...more,
      });
    await add('Room of the audit store is watched', at(-3), {
      verification: { kind: 'link', url: 'https://ci.example/42' },
    });
    await add('Invoices carry the store that they go to', at(3));
    await add('A second store takes over', null, {
      verification: { kind: 'command', command: ['npm', 'test'] },
    });
    await show(page, '/action', 'Action items');
    await page
      .getByRole('grid', { name: 'Overdue' })
      .getByText('Room of the audit store is watched')
      .waitFor();
    await page
      .getByRole('grid', { name: 'Due within 7 days' })
      .getByText('Invoices carry the store')
      .waitFor();
    await picture(page, 'learn-actions');
    await page.getByRole('grid', { name: 'Overdue' }).press('j');
    await page.keyboard.press('Enter');
    await settle(page, 'Room of the audit store is watched');
    await press(page, 'Tell what it came to');
    await dialog(page).getByLabel('It held').check();
    await dialog(page)
      .getByLabel(/^What was seen/)
      .fill('The check alerts at 80 %.');
    await confirm(page, 'Keep it');
    await section(page, 'Does it hold?').getByText('The check alerts at 80 %.').waitFor();
    await press(page, 'Done');
    await page.getByText('done', { exact: true }).first().waitFor();
    await show(page, '/action', 'Action items');
    await page.getByRole('link', { name: 'A second store takes over' }).click();
    await settle(page, 'A second store takes over');
    await page.getByText(/holdfast action verify .* --run/).waitFor();
    await press(page, 'Not doing');
    await dialog(page)
      .getByLabel(/^Why it is not done/)
      .fill('The product ends in May.');
    await confirm(page, 'Not doing');
    await section(page, 'What it is').getByText('The product ends in May.').waitFor();
    assertQuiet();
  });

  test('changes what it is, and how it is verified', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/action', 'Action items');
    await page.getByRole('link', { name: /^Invoices carry/ }).click();
    await settle(page, /^Invoices carry/);
    await page.keyboard.press('e');
    await dialog(page).getByLabel('Owner').fill('ledger');
    await dialog(page).getByRole('combobox', { name: 'Verified by' }).click();
    await page.getByRole('option', { name: /^A contract/ }).click();
    await dialog(page)
      .getByLabel(/^Event type/)
      .fill('order.made');
    await dialog(page)
      .getByLabel(/^Payload/)
      .fill('{"order": ');
    await dialog(page).getByText('This is not JSON.').waitFor();
    await dialog(page)
      .getByLabel(/^Payload/)
      .fill('{"order": 1}');
    await confirm(page, 'Save');
    await page.getByText('The contract of order.made refuses a payload.').waitFor();
    await page.keyboard.press('r');
    await page.getByText('"order.made" has no schema.').first().waitFor();
    await section(page, 'Does it hold?').getByText('did not hold').first().waitFor();
    assertQuiet();
  });
});

describe('a teller of stories', { skip }, () => {
  test('gets a draft of the incident, and each number leads to its evidence', async () => {
    const { page, assertQuiet } = writer;
    await show(page, `/incident/${incidentId}/story`, 'Story of an incident');
    await section(page, 'Grade').waitFor();
    const numbers = page.getByRole('grid', { name: 'Numbers of the story' });
    const evidence = numbers.getByRole('link').first();
    assert.match((await evidence.getAttribute('href')) ?? '', /\/console\/incident\//);
    await section(page, 'To say, since no fact says it').getByRole('listitem').first().waitFor();
    await picture(page, 'learn-story-incident');
    await page.getByText('CIRCLES', { exact: true }).click();
    await until(
      async () =>
        (await page.getByLabel('The story', { exact: true }).inputValue()).includes('## Context'),
      'the draft as CIRCLES',
    );
    assertQuiet();
  });

  test('sees beside a text of their own which sentence earned what, and what to edit next', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/story', 'Story');
    await picture(page, 'learn-story-empty');
    const story = page.getByLabel('The story', { exact: true });
    await story.fill(STRONG);
    const grade = section(page, 'Grade');
    await grade.getByLabel('Grade A', { exact: true }).waitFor();
    await section(page, 'Prompts that it serves').getByText('an outage you handled').waitFor();
    await page.getByRole('button', { name: /Prevention/ }).click();
    const signals = section(page, 'Ten signals');
    await signals.getByText('Earned by').locator('visible=true').first().waitFor();
    await signals.getByRole('button', { name: 'Show in the text' }).first().click();
    const selected = await page.evaluate(
      '(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)',
    );
    assert.match(String(selected), /check in CI/);
    await picture(page, 'learn-story');
    const weaker = STRONG.replaceAll(/To prevent the whole class.*?2 June\. /g, '');
    await story.fill(`${weaker} Next time I will be more careful.`);
    await grade.getByLabel('Grade disqualified', { exact: true }).waitFor();
    await grade.getByText('Put a guardrail in its place').waitFor();
    await page.getByRole('combobox', { name: 'Level' }).click();
    await page.getByRole('option', { name: 'senior' }).click();
    await page.getByText(/^Expected at this level: several teams/).waitFor();
    // Kept in the browser.
    await page.reload();
    await settle(page, 'Story');
    assert.match(await story.inputValue(), /more careful/);
    await press(page, 'Clear');
    await page.getByRole('button', { name: 'Take mine back' }).click();
    assert.match(await story.inputValue(), /more careful/);
    assertQuiet();
  });
});

/** Tells the sections of a practice, each ended by the key. */
async function tell(page: Page, texts: readonly string[]): Promise<void> {
  for (const [nth, name] of ['Situation', 'Task', 'Action', 'Result', 'Reflection'].entries()) {
    const field = page.getByLabel(name, { exact: true });
    await field.fill(texts[nth] ?? '');
    await field.press('Control+Enter');
  }
}

describe('whoever practises', { skip }, () => {
  const parts = STRONG.split('\n\n').flatMap((part) => part.split(/(?<=\.) (?=T\+0)/));

  test('tells to a prompt against the clock, is scored and asked on, and compares two tries', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/practice?prompt=misdiagnosis', 'Practice');
    await picture(page, 'learn-practice');
    await page.keyboard.press('b');
    await page.getByText('Situation (the clock runs)').waitFor();
    const clock = page.getByRole('timer', { name: 'Clock of situation' });
    await clock.getByText('1 s of 30 s').waitFor();
    await page.keyboard.press('Alt+p');
    await page.getByText('Situation (the clock stands)').waitFor();
    await picture(page, 'learn-practice-telling');
    await page.keyboard.press('Alt+p');
    await tell(page, ['12 % of exports failed at T+0.', 'I led it.', 'I rolled it back at T+4.']);
    await section(page, 'You are asked next').getByRole('listitem').first().waitFor();
    assert.equal(await section(page, 'You are asked next').getByRole('listitem').count(), 2);
    await page.getByText('This is the first try that is kept.').waitFor();
    await press(page, 'Try it again');
    await tell(page, parts);
    await section(page, 'Beside an earlier try')
      .getByText(/Better: /)
      .waitFor();
    await picture(page, 'learn-practice-report');
    assertQuiet();
  });

  test('answers a round of the quiz by keys, with the reason after each, and sees the result', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/quiz', 'Quiz');
    await picture(page, 'learn-quiz');
    await press(page, 'Begin a round');
    for (let nth = 1; nth <= 10; nth += 1) {
      await page.getByText(`Question ${nth} of 10`).waitFor();
      await page.keyboard.press('a');
      await page.getByRole('status').filter({ hasText: /right/ }).waitFor();
      if (nth === 1) await picture(page, 'learn-quiz-answer');
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: /of 10 right/ }).waitFor();
    await page.getByRole('grid', { name: 'Areas of the quiz' }).waitFor();
    await picture(page, 'learn-quiz-result');
    assertQuiet();
  });

  test('sees the tries over time, takes them away, and clears them', async () => {
    const { page, assertQuiet } = writer;
    await show(page, '/progress', 'Progress');
    await page
      .getByRole('grid', { name: 'Tries', exact: true })
      .getByText('a misdiagnosis')
      .first()
      .waitFor();
    await page.getByRole('grid', { name: 'Areas of the quiz' }).waitFor();
    await page.locator('canvas').waitFor();
    await picture(page, 'learn-progress');
    const download = page.waitForEvent('download');
    await press(page, 'Export');
    assert.equal((await download).suggestedFilename(), 'holdfast-progress.json');
    await press(page, 'Clear');
    await dialog(page).getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('Nothing is kept yet').waitFor();
    await page.reload();
    await settle(page, 'Progress');
    await page.getByText('Nothing is kept yet').waitFor();
    assertQuiet();
  });

  test('is told where the sound goes before speaking, and what was heard stands in the section', async () => {
    const { page, assertQuiet } = writer;
    // Headless browsers have no microphone: the browser's part is played, ours is real.
    await page.addInitScript({
      content: `window.SpeechRecognition = class extends EventTarget {
        start() { window.hear = (transcript) => this.dispatchEvent(Object.assign(new Event('result'), {
          resultIndex: 0,
          results: [Object.assign([{ transcript }], { isFinal: true })],
        })); }
        stop() { delete window.hear; }
      };`,
    });
    await show(page, '/practice', 'Practice');
    await press(page, 'Begin');
    await press(page, 'Speak');
    await dialog(page)
      .getByText(/may send the sound of your voice/)
      .waitFor();
    await picture(page, 'learn-practice-voice');
    await dialog(page).getByRole('button', { name: 'Listen to me' }).click();
    await page.getByRole('button', { name: 'Stop listening' }).waitFor();
    await page.evaluate(`hear('At T+0 half of the invoices failed.')`);
    await until(
      async () =>
        (await page.getByLabel('Situation', { exact: true }).inputValue()) ===
        'At T+0 half of the invoices failed.',
      'what was heard',
    );
    assertQuiet();
  });

  test('types where the browser does not recognise speech, and is told so', async () => {
    const { page, assertQuiet } = writer;
    await page.addInitScript({
      content: 'window.SpeechRecognition = window.webkitSpeechRecognition = undefined;',
    });
    await show(page, '/practice', 'Practice');
    await press(page, 'Begin');
    await page.getByText('This browser does not recognise speech: type.').waitFor();
    assertQuiet();
  });

  test('is asked before what was told is given up', async () => {
    const { page, assertQuiet } = writer;
    await page.getByLabel('Situation', { exact: true }).fill('Half of the invoices failed.');
    for (const answer of ['dismiss', 'accept'] as const) {
      const asked = page.waitForEvent('dialog');
      const pressed = press(page, 'Break off');
      const question = await asked;
      assert.match(question.message(), /kept nowhere/);
      await question[answer]();
      await pressed;
      const field = page.getByLabel('Situation', { exact: true });
      if (answer === 'dismiss') {
        assert.equal(await field.inputValue(), 'Half of the invoices failed.');
      } else await field.waitFor({ state: 'detached' });
    }
    assertQuiet();
  });
});

const everyPath = (): readonly string[] => [
  `/incident/${incidentId}/postmortem`,
  `/incident/${incidentId}/story`,
  '/action',
  '/story',
  '/practice',
  '/quiz',
  '/progress',
];

describe('the pages of Learn', { skip }, () => {
  test('fit a narrow screen', async () => {
    const { page, assertQuiet } = writer;
    await page.setViewportSize({ width: 390, height: 844 });
    const { data } = await ask('GET', '/action');
    const pictured = new Map([
      [`/incident/${incidentId}/postmortem`, 'postmortem'],
      ['/action', 'actions'],
      ['/story', 'story'],
    ]);
    for (const path of [...everyPath(), `/action/${data[0].id}`]) {
      await show(page, path, /./);
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'hidden' });
      // Tables scroll sideways in themselves; nothing else does.
      const out: unknown = await page.evaluate(`[...document.querySelectorAll('main *')]
        .filter((each) => each.closest('[role=grid],[aria-label=Table],textarea') === null)
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 200))`);
      assert.deepEqual(out, [], `${path} sticks out of a screen of 390 px`);
      await assertHeadings(page);
      const name = pictured.get(path);
      if (name !== undefined) await picture(page, `learn-narrow-${name}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    assertQuiet();
  });

  test('offer to somebody who may only read what keeps nothing, and nothing else', async () => {
    const { token } = await ask('POST', '/token', { name: 'reader', scope: 'read' });
    const { page, assertQuiet } = await openPage(scene.browser, { origin: scene.service.url });
    page.setDefaultTimeout(SLOWEST_MS);
    await signIn(page, scene.service.url, token);
    await show(page, `/incident/${incidentId}/postmortem`, 'Postmortem');
    await asRead(page).getByText('Mine.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Return to a draft/ }).count(), 0);
    await show(page, '/action', 'Action items');
    await page.getByRole('grid').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add an action item' }).count(), 0);
    await show(page, '/story', 'Story');
    await page.getByLabel('The story', { exact: true }).fill(STRONG);
    await section(page, 'Grade').getByLabel('Grade A', { exact: true }).waitFor();
    assertQuiet();
  });
});
