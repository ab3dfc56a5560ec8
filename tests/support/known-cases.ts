/**
 * On a CI the tests by chance (fast-check) play the same cases in every run: whether a change lands must not depend
 * on the dice. Everywhere else each run plays others, and what they find becomes a test of its own.
 */
import fc from 'fast-check';

if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_127 });
