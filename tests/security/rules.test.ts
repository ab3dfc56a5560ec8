import { readFileSync } from 'node:fs';
import path from 'node:path';
import { shortestPassword } from '@medcall/utils';
import { describe, expect, it } from 'vitest';
import { largestPdf } from '../../apps/backend/ai-service/src/routes/guidelines.ts';
import { maxOpen } from '../../apps/backend/ai-service/src/services/questions/place-questions.ts';
import { readGatewayEnv } from '../../apps/backend/gateway/src/config/env.ts';
import { accessTokenSeconds } from '../../apps/backend/gateway/src/identity/access-tokens.ts';
import { freshSignInMs } from '../../apps/backend/gateway/src/identity/prove-again.ts';
import {
  graceMs,
  sessionIdleMs,
  sessionMs,
} from '../../apps/backend/gateway/src/identity/sessions.ts';
import {
  alarmAtFailures,
  delayAfter,
  freeFailures,
} from '../../apps/backend/gateway/src/identity/throttle.ts';
import { birthDateTries } from '../../apps/backend/gateway/src/services/birth-date-check.ts';
import { maxUploadBytes } from '../../apps/backend/realtime-service/src/routes/transcription.ts';
import { maxWavBytes } from '../../apps/backend/realtime-service/src/routes/voices.ts';
import { rootDir } from '../../scripts/lib/system/settings.ts';

const rules = readFileSync(path.join(rootDir, 'docs/SECURITY-RULES.md'), 'utf8');
const env = readGatewayEnv({
  DATABASE_URL: 'postgres://localhost/medcall',
  INTERNAL_SERVICE_SECRET: 'x'.repeat(32),
  AUTH_PROVIDER: 'embedded',
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const megabyte = 1024 * 1024;
const words = ['none', 'one', 'two', 'three', 'four', 'five'];
const thousands = (value: number) => value.toLocaleString('en-US');

const figures = [
  `${thousands(env.RATE_LIMIT_PER_MINUTE)} a minute | \`RATE_LIMIT_PER_MINUTE\``,
  `${env.AUTH_RATE_LIMIT_PER_MINUTE} a minute | \`AUTH_RATE_LIMIT_PER_MINUTE\``,
  `${env.INVITATION_RATE_LIMIT_PER_MINUTE} a minute | \`INVITATION_RATE_LIMIT_PER_MINUTE\``,
  `${birthDateTries} tries, then the link is closed`,
  `open questions to the doctor | ${words[maxOpen]} |`,
  `${maxUploadBytes / megabyte} MB, 3 at a time`,
  `5 to 15 s | ${maxWavBytes / megabyte} MB |`,
  `${largestPdf.replace('mb', ' MB')} and 400 pages`,
  `After ${words[freeFailures]} failures of an account from one address the next try waits ${delayAfter(freeFailures) / 1000} s`,
  `up to ${delayAfter(1_000) / minuteMs} minutes; fifty failures`,
  `Passwords have ${shortestPassword} to 256 characters`,
  `a sign-in of the last ${freshSignInMs / minuteMs} minutes`,
  `An access token lives for ${accessTokenSeconds / 60} minutes, a session for at most ${sessionMs / (24 * hourMs)} days`,
  `ends after ${sessionIdleMs / hourMs} hours in which nobody used it`,
  `comes back later than ${graceMs / 1000} s ends its session`,
];

describe('the rules that are written down', () => {
  it.each(figures)('has the figures of the code: %s', (figure) => {
    expect(rules).toContain(figure);
  });

  it('counts an alarm at fifty', () => {
    expect(alarmAtFailures).toBe(50);
  });
});
