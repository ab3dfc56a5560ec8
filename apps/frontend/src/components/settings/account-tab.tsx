'use client';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { settingsMessages } from '#messages/settings.ts';
import { DevicesCard } from './devices-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import type { SettingsTabProps } from './tab-props.ts';

const text = settingsMessages.account;

/** Who one is, the password, and where the account is open. */
export function AccountTab({ me: { user, doctor } }: SettingsTabProps) {
  const rows = [
    [text.name, user.name],
    [text.email, user.email],
    [text.role, text.roles[user.role]],
    [text.crm, doctor?.crm],
    [text.specialty, doctor?.especialidade],
  ] as const;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="flex flex-col gap-5">
        <Card>
          <CardHeader>
            <CardTitle>{text.person}</CardTitle>
          </CardHeader>
          <CardContent>
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
              {rows.map(([label, value]) =>
                value ? (
                  <div key={label} className="contents">
                    <dt className="text-ink-soft">{label}</dt>
                    <dd className="min-w-0 font-semibold break-words">{value}</dd>
                  </div>
                ) : null,
              )}
            </dl>
            <p className="mt-3 text-sm text-ink-soft">{text.wrong}</p>
          </CardContent>
        </Card>
        <DevicesCard />
      </div>
      <div className="flex flex-col gap-5">
        <SecondFactorCard />
        <PasswordCard />
      </div>
    </div>
  );
}
