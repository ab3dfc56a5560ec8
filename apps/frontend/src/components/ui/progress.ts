export * from '@medcall/ui-components/progress';
