import { Button } from '#components/ui/button.ts';
import { demoAccounts, demoPassword, loginMessages as text } from '#messages/login.ts';

/** The log-ins of the demonstration data, one press away. Shown with MEDCALL_DEMO alone. */
export function DemoAccounts({ onUse }: { onUse: (email: string) => void }) {
  return (
    <section className="mt-10 border-t border-line pt-6">
      <h2 className="font-bold">{text.demoTitle}</h2>
      <p className="text-sm text-ink-soft">
        {text.demoText} <code className="font-sans font-semibold text-ink">{demoPassword}</code>.
      </p>
      <ul className="mt-3 flex flex-col gap-2">
        {demoAccounts.map(({ email, who }) => (
          <li key={email} className="flex items-center justify-between gap-3">
            <span className="min-w-0">
              <span className="block font-semibold">{email}</span>
              <span className="block text-sm text-ink-soft">{who}</span>
            </span>
            <Button
              variant="secondary"
              size="sm"
              aria-label={`${text.demoUse} ${email}`}
              onClick={() => onUse(email)}
            >
              {text.demoUse}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
