const local = 'neste servidor';

/** What an engine is called on the screen: `embedded:whisper-base` → `Whisper base, neste servidor`. */
export function engineName(engine: string): string {
  const [place, ...rest] = engine.split(':');
  const model = rest.join(':');
  const name = (model || engine).replaceAll('-', ' ').replace(/^\p{Ll}/u, (c) => c.toUpperCase());
  return /^embedded(-|$)/.test(place ?? '') ? `${model ? name : 'Motor próprio'}, ${local}` : name;
}
