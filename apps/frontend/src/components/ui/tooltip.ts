export * from '@medcall/ui-components/tooltip';
