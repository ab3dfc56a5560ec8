import Link from 'next/link';
import { Wordmark } from './wordmark.tsx';

/** The name as the way home. */
export function HomeLink() {
  return (
    <Link href="/" className="rounded-md">
      <Wordmark />
    </Link>
  );
}
