import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { waitUntil } from '../../lib/system/wait-until.ts';
import { tapLine } from './live-utterances.ts';
import { heldBytes, longestTaskMs, scrollThrough } from './page-speed.ts';
import { say } from './report.ts';
import {
  allowed,
  aWaitingRoom,
  demoDoctor,
  openCall,
  settled,
  signedIn,
  type Visit,
} from './visit.ts';

/** What is said in half an hour: an utterance every 1.2 s. */
export const utterances = 1_500;
const spokenEveryMs = (30 * 60_000) / utterances;
/**
 * After so many (three minutes) the page has loaded all its parts and the browser has compiled what is used often,
 * which it counts to the page's memory: growth is counted from here.
 */
export const warmUp = 150;

/** A signed record of as many utterances. */
export async function longRecord(visit: Visit): Promise<void> {
  const { world } = visit;
  const [row] = await world.query<{ id: string; room: string }>(
    `select c.id, c.room_id as room from consultations c join notes n on n.consultation_id = c.id
     join members m on m.medico_id = c.doctor_id join auth_embedded.users u on u.id = m.user_auth
     where u.email = $1 and n.status = 'assinada' limit 1`,
    [demoDoctor],
  );
  if (!row) throw new Error('the demonstration has no signed note');
  await world.query(
    `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
     select $1, case when n % 2 = 0 then 'MEDICO' else 'PACIENTE' end,
            'Fala de número ' || n || repeat(' e mais algumas palavras', n % 7), now(),
            3600000 + n * 1000, 3600900 + n * 1000
     from generate_series(1, $2::int) n`,
    [row.room, utterances],
  );
  const page = await signedIn(visit);
  await page.goto(`${world.urls.frontend}/consulta/${row.id}`);
  await page.getByTestId('utterance').first().waitFor();
  await settled(page);
  await measureScroll(page, visit, 'record', '[data-testid="record-transcript"]');
  await page.context().close();
}

/** Thirty minutes of speech, by default as fast as the page takes it: what stays held is what would be held then. */
export async function longCall(visit: Visit): Promise<void> {
  const { world, report, realTime } = visit;
  const { room } = await aWaitingRoom(visit);
  const page = await signedIn(visit);
  const session = await page.context().newCDPSession(page);
  const tap = await tapLine(page, world.urls.realtime);
  await openCall(page, visit, room);
  await waitUntil('the line', async () => tap.line !== null, { timeoutMs: 30_000 });
  const rows = page.getByTestId('utterance');
  let before = 0;
  for (let number = 1; number <= utterances; number += 1) {
    tap.say(room, number);
    if (realTime) await pause(spokenEveryMs);
    if (number % 25 !== 0) continue;
    await rows
      .filter({ hasText: `número ${number},` })
      .first()
      .waitFor();
    if (number === warmUp) before = await heldBytes(session);
  }
  const after = await heldBytes(session);
  const megabytes = (bytes: number) => Math.round(bytes / 100_000) / 10;
  say(
    `  held after ${warmUp}: ${megabytes(before)} MB, after ${utterances}: ${megabytes(after)} MB`,
  );
  report.note(
    'call of 30 minutes, memory against its beginning',
    after / before,
    '×',
    allowed.growth,
  );
  await measureScroll(page, visit, 'call', '[data-testid="transcript"]');
  await page.context().close();
}

async function measureScroll(
  page: Page,
  { report }: Visit,
  name: string,
  list: string,
): Promise<void> {
  let most = 0;
  const longest = await longestTaskMs(page, async () => {
    most = await scrollThrough(page, list, 300);
  });
  report.note(`${name}, rows in the page of ${utterances}`, most, 'rows', allowed.rows);
  report.note(`${name}, longest task while scrolling`, longest, 'ms', allowed.taskMs);
}
