import type { AppProps } from 'next/app';
import { CrashBoundary } from '#components/shared/crash-boundary.tsx';
import '../app/globals.css';

/** The pages of people who were invited: see decision 0098. */
export default function App({ Component, pageProps }: AppProps) {
  return (
    <CrashBoundary>
      <Component {...pageProps} />
    </CrashBoundary>
  );
}
