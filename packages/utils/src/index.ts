export * from './cnpj.ts';
export * from './cpf.ts';
export * from './crm.ts';
export * from './format-phone.ts';
export * from './password-rules.ts';
export * from './phone.ts';
export * from './working-days.ts';
export * from './zone.ts';
