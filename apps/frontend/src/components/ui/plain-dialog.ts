export * from '@medcall/ui-components/plain-dialog';
