export * from '@medcall/ui-components/input';
