// HEALTHCHECK of the images: exits 0 when the address answers 200. Plain JavaScript, no dependency.
const answer = await fetch(process.argv[2] ?? '', { signal: AbortSignal.timeout(4000) }).catch(
  () => null,
);
process.exit(answer?.status === 200 ? 0 : 1);
