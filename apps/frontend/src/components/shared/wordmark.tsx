/** The name, with a mark of two voices meeting. */
export function Wordmark({ className = '' }: { className?: string }) {
  return (
    <span className={`inline-flex items-center gap-2 text-lg font-bold ${className}`}>
      <svg aria-hidden="true" viewBox="0 0 28 28" className="size-7 text-accent" fill="none">
        <rect width="28" height="28" rx="8" fill="currentColor" />
        <path
          d="M7 12v4M11 9v10M15 11v6M19 8v12M23 12v4"
          transform="translate(-1 0)"
          stroke="var(--mc-on-accent)"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
      </svg>
      MedCall AI
    </span>
  );
}
