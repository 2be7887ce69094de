import { expect, test } from 'vitest';
import { permittedNames } from './name-constraints.js';

test.each([
  { names: ['a'], want: '3007 a005 3003 8201 61' },
  { names: ['127.0.0.1'], want: '300e a00c 300a 8708 7f000001 ffffffff' },
  { names: ['::1'], want: `3026 a024 3022 8720 ${'00'.repeat(15)}01 ${'ff'.repeat(16)}` },
  { names: ['fe80::1:2%eth0'], want: `3026 a024 3022 8720 fe80${'00'.repeat(10)}00010002 ${'ff'.repeat(16)}` },
  { names: ['1:2:3:4:5:6:7:8'], want: `3026 a024 3022 8720 00010002000300040005000600070008 ${'ff'.repeat(16)}` },
  { names: ['::ffff:1.2.3.4'], want: `3026 a024 3022 8720 ${'00'.repeat(10)}ffff01020304 ${'ff'.repeat(16)}` },
  { names: ['a', 'b'], want: '300c a00a 3003 8201 61 3003 8201 62' },
  { names: ['x'.repeat(130)], want: `30818b a08188 308185 828182 ${'78'.repeat(130)}` },
  { names: ['x'.repeat(300)], want: `30820138 a0820134 30820130 8282012c ${'78'.repeat(300)}` },
])('$names', ({ names, want }) => {
  expect(permittedNames(names).toString('hex')).toBe(want.replaceAll(' ', ''));
});
