import { createHash } from 'node:crypto';
import type { OutgoingMail } from './ports.ts';

const lineLength = 76;

/** A message in the Internet message format with a text and an HTML part (RFC 5322, RFC 2046). */
export function emlOf(mail: OutgoingMail & { from: string }): string {
  const boundary = `=_${createHash('sha256').update(mail.idempotencyKey).digest('hex').slice(0, 24)}`;
  const part = (type: string, body: string) =>
    [
      `--${boundary}`,
      `Content-Type: ${type}; charset=utf-8`,
      'Content-Transfer-Encoding: base64',
      '',
      wrapped(Buffer.from(body, 'utf8').toString('base64')),
    ].join('\r\n');
  return [
    `From: ${oneLine(mail.from)}`,
    `To: ${oneLine(mail.to)}`,
    `Subject: ${encodedWord(mail.subject)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    part('text/plain', mail.text),
    part('text/html', mail.html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** A line break in a header would begin another header. */
function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ');
}

/** RFC 2047, in pieces short enough for its 75 characters, never through the middle of a letter. */
function encodedWord(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const letter of oneLine(text)) {
    if (Buffer.byteLength(word + letter, 'utf8') > 42) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  words.push(word);
  return words
    .map((piece) => `=?utf-8?B?${Buffer.from(piece, 'utf8').toString('base64')}?=`)
    .join('\r\n ');
}

function wrapped(base64: string): string {
  return base64.match(new RegExp(`.{1,${lineLength}}`, 'g'))?.join('\r\n') ?? '';
}
