import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../../scripts/lib/system/settings.ts';

/** What runs in production: no tests, no builders of tests, nothing installed or built. */
const sources = ['apps', 'packages'].flatMap((top) =>
  readdirSync(path.join(rootDir, top), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(top, name))
    .filter(
      (name) =>
        /\.(ts|tsx|js|mjs)$/.test(name) &&
        !/(^|\/)(node_modules|\.next|testing|\.data)\/|\.test\.tsx?$|test-server\.ts$/.test(name),
    ),
);
const texts = new Map(
  sources.map((name) => [name, readFileSync(path.join(rootDir, name), 'utf8')]),
);

/** Files in which a pattern stands outside of comments. */
function filesWith(pattern: RegExp): string[] {
  return [...texts]
    .filter(([, text]) =>
      text.split('\n').some((line) => !/^\s*(\/\/|\*|\/\*)/.test(line) && pattern.test(line)),
    )
    .map(([name]) => name)
    .sort();
}

describe('the source', () => {
  it('is looked at as a whole', () => {
    expect(sources.length).toBeGreaterThan(700);
    expect(filesWith(/createCipheriv\(/)).toEqual(['apps/backend/gateway/src/keys/seal.ts']);
  });

  it('runs no text as code', () => {
    expect(filesWith(/\beval\(|new Function\(|from 'node:vm'|setTimeout\(\s*['"`]/)).toEqual([]);
  });

  it('starts no shell: programs get their arguments as a list', () => {
    expect(filesWith(/\bexecSync\(|(?<!\.)\bexec\(\s*['"`]|shell: true/)).toEqual([]);
    expect(filesWith(/^import (?!type).*from '(node:)?child_process'/)).toEqual([
      'apps/backend/realtime-service/src/media/ffmpeg.ts',
      'apps/backend/realtime-service/src/recordings/encode-opus.ts',
      'apps/backend/realtime-service/src/speech/pool/decoder-process.ts',
      'packages/service-kit/src/database/postgres-binaries.ts',
      'packages/service-kit/src/database/postgres-cluster.ts',
      'packages/service-kit/src/database/system-account.ts',
    ]);
  });

  it('writes text into pages as text; the one piece of HTML is a constant', () => {
    expect(filesWith(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/i)).toEqual([
      'apps/frontend/src/app/layout.tsx',
      'apps/frontend/src/pages/_document.tsx',
    ]);
    for (const file of ['app/layout.tsx', 'pages/_document.tsx']) {
      expect(texts.get(`apps/frontend/src/${file}`)).toContain(
        'dangerouslySetInnerHTML={{ __html: stripInvitationScript }}',
      );
    }
  });

  it('listens to no messages of other windows', () => {
    expect(filesWith(/window\.postMessage|addEventListener\(\s*['"]message['"]/)).toEqual([]);
  });

  it('makes patterns of constants alone', () => {
    // What a person wrote is never a pattern: these build theirs from tables and parts of our own.
    expect(filesWith(/new RegExp\(/)).toEqual([
      'apps/backend/ai-service/src/services/note/rewrite.ts',
      'apps/backend/ai-service/src/services/note/subjective.ts',
      'apps/backend/ai-service/src/services/privacy/find-numbers.ts',
      'apps/backend/gateway/src/messages/eml.ts',
      'apps/backend/gateway/src/proxy/shadow/route-name.ts',
      'apps/backend/realtime-service/src/recordings/recording-env.ts',
      'apps/backend/realtime-service/src/vocabulary/hunspell-dictionary.ts',
      'packages/service-kit/src/auth/permit.ts',
      'packages/utils/src/eval/normalise.ts',
    ]);
  });

  it('puts no text into SQL but signs and names of its own', () => {
    expect(filesWith(/sql\.raw\(|\bquery\(\s*`[^`]*\$\{/)).toEqual([
      'apps/backend/gateway/src/services/consultation-list.ts',
      // Names of our own, escaped by pg; statements that take no parameters.
      'packages/service-kit/src/database/embedded.ts',
      'packages/service-kit/src/database/migrate.ts',
      'packages/service-kit/src/events/listen.ts',
    ]);
    expect(texts.get('apps/backend/gateway/src/services/consultation-list.ts')).toContain(
      "sql.raw(forward ? '>' : '<')",
    );
  });

  it('draws what must not be guessed from the system’s generator', () => {
    expect(filesWith(/Math\.random\(/)).toEqual([]);
  });

  it('encrypts with AES-256-GCM alone, and checks whom it speaks TLS with', () => {
    expect(filesWith(/createCipher\(|aes-\d+-(cbc|ecb|ctr)|['"](des|rc4)[-'"\d]/i)).toEqual([]);
    expect(texts.get('apps/backend/gateway/src/keys/seal.ts')).toContain("'aes-256-gcm'");
    expect(filesWith(/rejectUnauthorized: false|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([]);
  });

  it('hashes with MD5 nowhere, and with SHA-1 only where somebody else’s protocol says so', () => {
    expect(filesWith(/createH(ash|mac)\(\s*'md5'/)).toEqual([]);
    expect(filesWith(/createH(ash|mac)\(\s*'sha1'/)).toEqual([
      'apps/backend/gateway/src/messages/twilio-signature.ts',
      'apps/backend/realtime-service/src/services/ice-servers.ts',
      // A UUID of version 5: a name, no proof.
      'apps/backend/realtime-service/src/speech/utterance-id.ts',
    ]);
  });

  it('reads no format that can make objects of its own', () => {
    expect(filesWith(/v8\.deserialize|from 'node:v8'|yaml\.load\(|unserialize/)).toEqual([]);
    // The guidelines of the repository itself.
    expect(filesWith(/from 'yaml'/)).toEqual([
      'apps/backend/ai-service/src/services/guidelines/corpus.ts',
    ]);
  });
});

describe('fields for passwords', () => {
  const fields = [...texts].flatMap(([name, text]) =>
    [...text.matchAll(/<Input\b[^>]*autoComplete="(?:current|new)-password"[^>]*>/g)].map(
      ([field]) => [name, field] as const,
    ),
  );

  it('hide what is typed and let password managers fill them', () => {
    expect(fields.length).toBeGreaterThanOrEqual(7);
    for (const [name, field] of fields) expect(field, name).toContain('type="password"');
    expect(filesWith(/type="password"/)).toEqual([...new Set(fields.map(([name]) => name))].sort());
  });

  it('let people paste', () => {
    expect(filesWith(/onPaste|onCopy|onDrop=\{[^}]*preventDefault/)).toEqual([]);
  });
});

describe('pages behind the sign-in', () => {
  it('all have the frame with the way out', () => {
    const frame =
      [...texts].find(([, text]) => text.includes('function SignedInFrame('))?.[1] ?? '';
    expect(frame).toContain('<AppNav');
    expect(texts.get('apps/frontend/src/components/shared/app-nav.tsx')).toContain('<AccountMenu');
    expect(texts.get('apps/frontend/src/components/shared/account-menu.tsx')).toContain('signOut(');
    const layouts = [...texts].filter(([name]) =>
      /src\/app\/(\((dashboard|consulta)\)|admin|agenda|configuracoes|pacientes)\/layout\.tsx$/.test(
        name,
      ),
    );
    expect(layouts).toHaveLength(6);
    for (const [name, text] of layouts) expect(text, name).toContain('<SignedInFrame');
  });
});
