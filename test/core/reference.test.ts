import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { errorTable, fault, HoldfastError, isErrorCode } from '../../src/core/index.ts';
import { referencePages } from '../../scripts/write-reference.ts';

describe('the reference', () => {
  for (const { file, write } of referencePages) {
    const name = basename(file.pathname);
    it(`has a ${name} in step with the code; node scripts/write-reference.ts writes it`, () => {
      assert.equal(readFileSync(file, 'utf8'), write());
    });
  }
});

describe('the table of errors', () => {
  it('gives each code an HTTP status and sentences that say what is wrong and what to do', () => {
    for (const [code, [status, sentence]] of Object.entries(errorTable)) {
      assert.match(code, /^[a-z]+(_[a-z]+)*$/);
      assert.ok(Number.isInteger(status) && status >= 400 && status < 600, code);
      assert.match(sentence, /^[A-Z].+\. [A-Z].+[.]$|^[A-Z].+; .+\. [A-Z].+[.]$/s, code);
    }
  });

  it('says something different of each code', () => {
    const sentences = Object.values(errorTable).map(([, sentence]) => sentence);
    assert.equal(new Set(sentences).size, sentences.length);
  });

  it('makes errors that carry code, status, sentence and whatever is known', () => {
    const cause = new Error('ENOSPC');
    const plain = fault('ledger_full', { cause });
    assert.ok(plain instanceof HoldfastError && plain instanceof Error);
    assert.deepEqual(
      [plain.code, plain.status, plain.message, plain.cause, plain.field],
      ['ledger_full', 503, errorTable.ledger_full[1], cause, undefined],
    );
    const detailed = fault('validation', { detail: 'No.', field: 'a.b', retryAfterSeconds: 3 });
    assert.deepEqual(
      [detailed.status, detailed.message, detailed.field, detailed.retryAfterSeconds],
      [422, 'No.', 'a.b', 3],
    );
    assert.ok(!('cause' in detailed));
  });

  it('knows its own codes from all other words', () => {
    for (const code of Object.keys(errorTable)) assert.ok(isErrorCode(code));
    for (const word of ['', 'toString', '__proto__', 'LEDGER_FULL', null, 3, undefined]) {
      assert.ok(!isErrorCode(word), String(word));
    }
  });
});
