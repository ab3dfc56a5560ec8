import { formatPhone } from '@medcall/utils/format-phone';

/** A number that a tap dials; nothing where the clinic has given none. */
export function ClinicPhone({ phone }: { phone: string | null }) {
  return phone ? (
    <a
      href={`tel:${phone.replace(/[^+\d]/g, '')}`}
      className="self-start py-2 font-semibold text-accent underline underline-offset-4"
    >
      {formatPhone(phone)}
    </a>
  ) : null;
}
