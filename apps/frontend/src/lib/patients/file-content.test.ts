import { expect, it } from 'vitest';
import { base64Of } from './file-content.ts';

it('a file goes byte for byte, longer than one piece too', async () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, at) => (at * 31) % 256);
  const text = await base64Of(new Blob([bytes]));
  expect(Buffer.from(text, 'base64').equals(Buffer.from(bytes))).toBe(true);
});
