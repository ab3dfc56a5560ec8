'use client';
import { auditActions } from '@medcall/shared-types';
import { X } from 'lucide-react';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select } from '#components/ui/input.ts';
import { auditMessages as text } from '#messages/admin/audit.ts';
import { type AuditFilter, noFilter } from './audit-filter.ts';

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Narrows the audit by action, outcome, days and person. */
export function AuditFilters({ filter, onChange }: Props) {
  const set = (change: Partial<AuditFilter>) => onChange({ ...filter, ...change });
  const filtered = JSON.stringify(filter) !== JSON.stringify(noFilter);
  return (
    <div className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[2fr_1.3fr_1fr_1fr_auto]">
      <Field label={text.action} className="col-span-2 sm:col-span-1">
        <Select value={filter.action} onChange={(event) => set({ action: event.target.value })}>
          <option value="">{text.anyAction}</option>
          {auditActions.map(({ action, label }) => (
            <option key={action} value={action}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.outcome} className="col-span-2 sm:col-span-1">
        <Select value={filter.outcome} onChange={(event) => set({ outcome: event.target.value })}>
          <option value="">{text.anyOutcome}</option>
          {Object.entries(text.outcomes).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.from}>
        <Input
          type="date"
          value={filter.from}
          onChange={(event) => set({ from: event.target.value })}
        />
      </Field>
      <Field label={text.to}>
        <Input
          type="date"
          value={filter.to}
          onChange={(event) => set({ to: event.target.value })}
        />
      </Field>
      <div className="col-span-2 flex flex-wrap gap-2 lg:col-span-1">
        {filter.person ? (
          <Button variant="secondary" onClick={() => set({ person: null })}>
            {text.clearPerson(filter.person.name)}
            <X aria-hidden="true" />
          </Button>
        ) : null}
        {filtered ? (
          <Button variant="quiet" onClick={() => onChange(noFilter)}>
            {text.clear}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
