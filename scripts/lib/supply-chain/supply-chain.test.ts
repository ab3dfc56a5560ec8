import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../system/settings.ts';
import { auditExceptions, expiredExceptions, judgeAudit } from './audit.ts';
import { isAllowed, licencePolicy, lockedPackages, refusedLicences } from './licences.ts';
import { billOfMaterials } from './sbom.ts';
import { secretsIn } from './secrets.ts';

const readText = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');
const read = (file: string): unknown => JSON.parse(readText(file));

describe('licences', () => {
  const policy = licencePolicy.parse(read('configs/supply-chain/licences.json'));
  const packages = lockedPackages(read('package-lock.json'));

  it('every locked package has one that the list allows, or an exception with its reason', () => {
    expect(packages.length).toBeGreaterThan(300);
    expect(refusedLicences(packages, policy)).toEqual([]);
  });

  it('no exception is there for nobody', () => {
    for (const exception of policy.exceptions) {
      const without = {
        ...policy,
        exceptions: policy.exceptions.filter((one) => one !== exception),
      };
      expect(refusedLicences(packages, without), exception.package).not.toEqual([]);
    }
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['Apache-2.0 AND LGPL-3.0-or-later', false],
    ['AGPL-3.0-only', false],
    ['none named', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression, ['MIT', 'Apache-2.0'])).toBe(allowed);
  });
});

describe('the lock file', () => {
  it('has an integrity for everything that is fetched', () => {
    const { packages } = read('package-lock.json') as {
      packages: Record<string, { link?: boolean; integrity?: string; inBundle?: boolean }>;
    };
    const without = Object.entries(packages).flatMap(([place, one]) =>
      place.includes('node_modules/') && !one.link && !one.inBundle && !one.integrity
        ? [place]
        : [],
    );
    expect(without).toEqual([]);
  });
});

describe('the bill of materials', () => {
  const packages = lockedPackages(read('package-lock.json'));
  const bill = billOfMaterials({ name: 'medcall-ai', version: '1.0.0' }, packages) as {
    components: Array<{ purl: string; licenses: object[]; hashes?: object[] }>;
  };

  it('holds everything that production installs, once, what only a workspace needs too', () => {
    const wanted = packages.filter(({ dev }) => !dev).map((one) => `${one.name}@${one.version}`);
    const purls = bill.components.map(({ purl }) => purl);
    expect(new Set(purls).size).toBe(new Set(wanted).size);
    expect(purls).toHaveLength(new Set(wanted).size);
    expect(purls).toContainEqual(
      expect.stringMatching(/^pkg:npm\/%40huggingface\/transformers@\d/),
    );
    expect(purls.some((purl) => purl.includes('/vitest@'))).toBe(false);
  });

  it('gives licence, address and hash in CycloneDX’s own form', () => {
    const one = {
      name: '@scope/x',
      version: '1.2.3',
      licence: 'MIT',
      dev: false,
      integrity: `sha512-${Buffer.from('hash').toString('base64')}`,
    };
    const two = { ...one, name: 'y', licence: '(MIT OR Apache-2.0)', integrity: null };
    expect(billOfMaterials({ name: 'p', version: '1' }, [two, one, one])).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      components: [
        {
          purl: 'pkg:npm/%40scope/x@1.2.3',
          licenses: [{ license: { id: 'MIT' } }],
          hashes: [{ alg: 'SHA-512', content: Buffer.from('hash').toString('hex') }],
        },
        { purl: 'pkg:npm/y@1.2.3', licenses: [{ expression: '(MIT OR Apache-2.0)' }] },
      ],
    });
  });
});

describe('known vulnerabilities', () => {
  const advisory = 'https://github.com/advisories/GHSA-xxxx-yyyy-zzzz';
  const answer = (severity: string) =>
    JSON.stringify({
      vulnerabilities: {
        left: { name: 'left', severity, via: [{ url: advisory, title: 'Runs what it is given' }] },
      },
    });
  const none = { exceptions: [] };

  it('a grave one is a finding, a small one is not', () => {
    expect(judgeAudit(answer('high'), none, '2026-11-26')).toMatchObject({
      findings: [expect.stringContaining(advisory)],
    });
    expect(judgeAudit(answer('low'), none, '2026-11-26')).toEqual({ kind: 'known', findings: [] });
  });

  it('an exception holds until its day', () => {
    const exceptions = [
      { advisory, why: 'The function is not reachable from outside.', until: '2026-12-01' },
    ];
    expect(judgeAudit(answer('high'), { exceptions }, '2026-12-01')).toMatchObject({
      findings: [],
    });
    expect(judgeAudit(answer('high'), { exceptions }, '2026-12-02')).toMatchObject({
      findings: [expect.anything()],
    });
  });

  it('an exception past its day is named', () => {
    const exceptions = ['2026-12-01', '2026-12-03'].map((until) => ({
      advisory: `${advisory}?${until}`,
      why: 'The function is not reachable from outside.',
      until,
    }));
    expect(expiredExceptions({ exceptions }, '2026-12-02')).toEqual([`${advisory}?2026-12-01`]);
  });

  it('a registry that answers no audit is no all-clear', () => {
    expect(judgeAudit('{"message":"405 Method Not Allowed"}', none, '2026-11-26').kind).toBe(
      'unknown',
    );
    expect(judgeAudit('', none, '2026-11-26').kind).toBe('unknown');
  });

  it('the written exceptions can be read', () => {
    auditExceptions.parse(read('configs/supply-chain/audit-exceptions.json'));
  });
});

describe('secrets', () => {
  /** This test's own samples, put together so that they are none. */
  const samples = [
    `-----BEGIN ${'PRIVATE'} KEY-----`,
    `AKIA${'ABCDEFGHIJKLMNOP'}`,
    `ghp_${'a1'.repeat(18)}`,
    `sk-proj-${'a1'.repeat(20)}`,
    `re_${'abcd1234'}_${'a1'.repeat(12)}`,
    `postgres://owner:${'q8Zt0pLw3Vx9'}@db.example.org/x`,
  ];

  it.each(samples)('%s is seen', (sample) => {
    expect(secretsIn(`key = "${sample}"`)).toHaveLength(1);
  });

  it('none is in a file of the repository', () => {
    const files = execFileSync('git', ['ls-files', '-z'], {
      cwd: rootDir,
      maxBuffer: 16 * 1024 * 1024,
    })
      .toString()
      .split('\0')
      .filter((file) => file !== '' && existsSync(path.join(rootDir, file)));
    const found = files.flatMap((file) => {
      if (/\.(onnx|wav|png|ttf|woff2?)$/.test(file)) return [];
      const place = path.join(rootDir, file);
      return statSync(place).isFile() && statSync(place).size < 5_000_000
        ? secretsIn(readFileSync(place, 'utf8')).map((what) => `${file}: ${what}`)
        : [];
    });
    expect(files.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });
});
