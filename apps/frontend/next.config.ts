import path from 'node:path';
import type { NextConfig } from 'next';

const repositoryRoot = path.join(import.meta.dirname, '../..');

/** Headers that hold for every answer; what depends on the request is in src/proxy.ts. */
const headers = [
  // Browsers heed it over HTTPS only. The services live on names below this one.
  { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // An invitation travels in the address until the page strips it: it may not leave as a referrer.
  { key: 'Referrer-Policy', value: 'no-referrer' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()',
  },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

/** For what src/proxy.ts passes by (its `matcher`): no page, so nothing is loaded from it or around it. */
const noPage = [
  {
    key: 'Content-Security-Policy',
    value: "object-src 'none'; base-uri 'none'; script-src 'self'; frame-ancestors 'none'",
  },
];
const noPages = [
  '/:folder(api|_next|worklets|icons)/:path*',
  '/:file(favicon.ico|icon.svg|sw.js|manifest.webmanifest)',
];

const config: NextConfig = {
  poweredByHeader: false,
  // The image takes the server alone, with what it loads; `next start` wants the ordinary build.
  ...(process.env.NEXT_STANDALONE === '1' ? { output: 'standalone' as const } : {}),
  reactStrictMode: true,
  transpilePackages: ['@medcall/shared-types', '@medcall/ui-components', '@medcall/utils'],
  // TypeScript 7 has no compiler API for Next to call; `npm run check:types` is the check.
  typescript: { ignoreBuildErrors: true },
  // The development log would keep invitations, and the passwords that a server action is called with.
  logging: { incomingRequests: { ignore: [/[?&]convite=/] }, serverFunctions: false },
  turbopack: {
    root: repositoryRoot,
    // A copy of its own for packages/shared-types/src/lean.ts: the bundler keeps of a module what any page uses, and
    // the pages of the clinic use the whole of zod (decision 0098).
    resolveAlias: { 'zod/v4/core': 'zod-lean/v4/core' },
  },
  // It tells the pages router which addresses are the app router's: its one page has no soft links.
  experimental: { clientRouterFilter: false },
  outputFileTracingRoot: repositoryRoot,
  // In development the page may be opened under either name of this machine.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  headers: async () => [
    { source: '/:path*', headers },
    ...noPages.map((source) => ({ source, headers: noPage })),
  ],
};

export default config;
