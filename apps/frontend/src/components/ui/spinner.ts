export * from '@medcall/ui-components/spinner';
