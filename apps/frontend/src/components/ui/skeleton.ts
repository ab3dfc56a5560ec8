export * from '@medcall/ui-components/skeleton';
