export * from '@medcall/ui-components/toast-shelf';
