export * from '@medcall/ui-components/checkbox';
