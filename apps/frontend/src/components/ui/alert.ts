export * from '@medcall/ui-components/alert';
