import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayMoney } from '../../src/core/index.ts';

test('money has as many digits as its currency', () => {
  assert.deepEqual(
    [sayMoney(123_456, 'EUR'), sayMoney(123_456, 'JPY'), sayMoney(123_456, 'KWD')],
    ['€1,234.56', '¥123,456', 'KWD\u00A0123.456'],
  );
});
