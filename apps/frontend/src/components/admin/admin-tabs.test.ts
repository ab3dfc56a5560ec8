import { describe, expect, it } from 'vitest';
import { readAdminTab, tabsOf } from './admin-tabs.ts';

describe('tabs of the administration', () => {
  it('are all there for an administrator', () => {
    expect(tabsOf('admin')).toEqual([
      'clinica',
      'medicos',
      'entregas',
      'mensagens',
      'auditoria',
      'custos',
      'lgpd',
      'incidentes',
      'diretrizes',
    ]);
  });

  it('leave out the webhook for a doctor, as the service would refuse it', () => {
    expect(tabsOf('medico')).not.toContain('entregas');
    expect(tabsOf('medico')).not.toContain('incidentes');
    expect(tabsOf('medico')).toContain('custos');
  });

  it('are read from the address, and what is no tab is the first one', () => {
    expect(readAdminTab('lgpd')).toBe('lgpd');
    expect(readAdminTab('toString')).toBe('clinica');
    expect(readAdminTab(['lgpd', 'custos'])).toBe('clinica');
    expect(readAdminTab(undefined)).toBe('clinica');
  });
});
