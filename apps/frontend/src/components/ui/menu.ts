export * from '@medcall/ui-components/menu';
