export * from '@medcall/ui-components/field';
