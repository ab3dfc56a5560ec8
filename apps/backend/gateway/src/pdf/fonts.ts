import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Source Sans 3 (SIL Open Font License 1.1), embedded so that a paper looks the same everywhere. */
export interface Fonts {
  regular: Buffer;
  bold: Buffer;
}

const require = createRequire(import.meta.url);
let loading: Promise<Fonts> | undefined;

/** Read once; a failure is tried again. */
export function loadFonts(): Promise<Fonts> {
  loading ??= read();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

async function read(): Promise<Fonts> {
  const file = (name: string) =>
    readFile(require.resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`));
  const [regular, bold] = await Promise.all([
    file('400Regular/SourceSans3_400Regular'),
    file('700Bold/SourceSans3_700Bold'),
  ]);
  return { regular, bold };
}
