export * from '@medcall/utils/zone';
