import type { AppProps } from 'next/app';
import '../app/globals.css';

/** The pages of people who were invited: see decision 0098. */
export default function App({ Component, pageProps }: AppProps) {
  return <Component {...pageProps} />;
}
